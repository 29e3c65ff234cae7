import { type ChildProcess, spawn } from 'node:child_process'
import { globSync } from 'node:fs'
import { mkdtemp, rm, utimes, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as wait } from 'node:timers/promises'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { systemClock } from '../../src/cli/system-clock.js'
import { askSntp } from '../../src/sntp/ask-sntp.js'
import { runCli } from '../cli/run-cli.js'
import { freePort } from './far-end-process.js'
import { missingPeer } from './requirement.js'

const missing = missingPeer('chrony', ['/usr/sbin/chronyd', '--version']) ?? missingPeer('faketime', ['faketime', '--version'])
const CHRONYD = '/usr/sbin/chronyd'
const LIBFAKETIME = globSync('/usr/lib/*/faketime/libfaketime.so.1')[0] ?? ''

let folder = ''
const running: ChildProcess[] = []

/** chronyd that sets no clock (-x) and answers on a port of its own; `offset` as libfaketime takes it. */
async function chrony(options: { readonly knows: 'the time' | 'nothing'; readonly offset?: string }): Promise<string> {
  const port = await freePort()
  const config = join(folder, `${port}.conf`)
  const lines = [
    `port ${port}`,
    'cmdport 0',
    'bindaddress 127.0.0.1',
    'allow 127.0.0.1',
    `pidfile ${join(folder, `${port}.pid`)}`,
    'user root',
  ]
  await writeFile(config, [...lines, ...(options.knows === 'the time' ? ['local stratum 3'] : [])].join('\n'))
  const env = options.offset === undefined ? process.env : { ...process.env, LD_PRELOAD: LIBFAKETIME, FAKETIME: options.offset }
  running.push(spawn(CHRONYD, ['-x', '-d', '-f', config], { stdio: 'ignore', env }))
  const server = `127.0.0.1:${port}`
  for (let look = 0; look < 100; look++) {
    const { offsetMs, ...told } = await ask(server)
    if (offsetMs !== null || ('because' in told && told.because.includes('does not know'))) return server
    await wait(100)
  }
  throw new Error('chronyd does not answer')
}

function ask(server: string) {
  return askSntp({ server, timeoutMs: 2000, clock: systemClock, signal: new AbortController().signal })
}

describe.skipIf(missing)(`chronyd${missing ? ` (${missing})` : ''}`, () => {
  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'chatterfix-chrony-'))
  })
  afterAll(async () => {
    for (const child of running) child.kill()
    await rm(folder, { recursive: true, force: true })
  })

  it.each([
    { offset: '+0', ms: 0 },
    { offset: '-90s', ms: -90_000 },
    { offset: '+1h', ms: 3_600_000 },
  ])('that is $offset off is seen as that, within half of the round trip', async ({ offset, ms }) => {
    const server = await chrony({ knows: 'the time', ...(ms === 0 ? {} : { offset }) })
    for (let round = 0; round < 5; round++) {
      const told = await ask(server)
      if (told.offsetMs === null) throw new Error(told.because)
      expect(told.stratum).toBe(3)
      // A tenth of a millisecond is what two programs differ by in reading one clock.
      expect(Math.abs(told.offsetMs - ms)).toBeLessThanOrEqual(told.roundTripMs / 2 + 0.1)
    }
  })

  it('that is not synchronised is not believed', async () => {
    expect(await ask(await chrony({ knows: 'nothing' }))).toMatchObject({ offsetMs: null, because: 'it does not know the time itself' })
  })

  it('is asked by a recording, which says how far its clock is off', async () => {
    const server = await chrony({ knows: 'the time', offset: '-90s' })
    const out = join(folder, 'run')
    const words = ['record', 'simulator://pump-set/pump-247/drive-end-temperature', '--out', out, '--for', '1s', '--ntp', server, '--json']
    expect((await runCli(words)).code).toBe(0)
    const sql = "SELECT severity, text FROM events WHERE event = 'clock'"
    const { stdout } = await runCli(['query', sql, '--recording', out, '--json'])
    const events = JSON.parse(stdout) as { severity: string; text: string }[]
    expect(events).toMatchObject([{ severity: 'warning' }])
    expect(events[0]?.text).toMatch(/clock is 90\.0 s ahead of 127\.0\.0\.1:\d+ \(stratum 3, ± [\d.]+ ms\)/)
  })
})

/** Seconds from 1970 to now: a machine whose clock has no battery starts there. */
const SINCE_1970_S = Math.floor(Date.now() / 1000)

describe.skipIf(missing)(`a recorder whose wall clock is set${missing ? ` (${missing})` : ''}`, () => {
  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'chatterfix-clock-'))
  })
  afterAll(() => rm(folder, { recursive: true, force: true }))

  it.each([
    { name: 'an hour forward', before: '+0', offset: '+3600', seconds: 3600 },
    { name: 'an hour back', before: '+0', offset: '-3600', seconds: -3600 },
    { name: 'from 1970 to today', before: `-${SINCE_1970_S}`, offset: '+0', seconds: SINCE_1970_S },
  ])('$name says so, goes on for as long as it was asked to, and has no negative interval', async ({ before, offset, seconds }) => {
    const out = join(folder, `stepped${offset}`)
    const [stamp, words] = [join(folder, `offset${offset}`), ['record', 'simulator://pump-set/pump-247/drive-end-temperature?every=100ms']]
    await writeFile(stamp, before)
    const env = { LD_PRELOAD: LIBFAKETIME, FAKETIME_TIMESTAMP_FILE: stamp, FAKETIME_NO_CACHE: '1', FAKETIME_DONT_FAKE_MONOTONIC: '1' }
    const startedMs = performance.now()
    const ended = runCli([...words, '--out', out, '--for', '6s', '--ntp', 'none', '--json'], { env })
    await wait(4500)
    await writeFile(stamp, offset)
    await utimes(stamp, new Date(), new Date())
    const { code, stdout, stderr } = await ended
    expect({ code, stderr }).toMatchObject({ code: 0 })
    expect(performance.now() - startedMs).toBeGreaterThan(6000)
    expect(performance.now() - startedMs).toBeLessThan(60_000)
    const { produced, stored } = JSON.parse(stdout) as { produced: number; stored: number }
    expect(stored).toBe(produced)
    expect(produced).toBeGreaterThan(20)
    const sql = "SELECT regexp_extract(text, 'by (-?[0-9.]+) s', 1)::DOUBLE AS step FROM events WHERE text LIKE '%wall clock stepped%'"
    const steps = JSON.parse((await runCli(['query', sql, '--recording', out, '--json'])).stdout) as { step: number }[]
    expect(steps).toHaveLength(1)
    expect(Math.abs((steps[0]?.step ?? 0) - seconds)).toBeLessThan(0.5)
    const negative = await runCli(['query', 'SELECT count(*)::INT AS n FROM gaps WHERE to_time < from_time', '--recording', out, '--json'])
    expect(JSON.parse(negative.stdout)).toEqual([{ n: 0 }])
  })
})
