import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { Spool } from '../../src/sinks/spool/spool.js'
import { startFakeInflux } from '../sinks/influx/fake-influx.js'
import { freePort } from '../sinks/prometheus/scrape.js'
import { runCli } from './run-cli.js'

const PROGRAM = fileURLToPath(new URL('../../bin/run.js', import.meta.url))
const CANARY = 'canary-b36d'
let root: string

beforeAll(async () => {
  root = await mkdtemp(join(tmpdir(), 'record-to-'))
})
afterAll(() => rm(root, { recursive: true }))

interface Summary {
  readonly produced: number
  readonly sinks: readonly {
    name: string
    stored: number
    buffered: number
    dropped: number
    spooled: number
    earlier: { stored: number } | null
  }[]
}

/** Every file below, as text. */
async function everythingBelow(folder: string): Promise<string> {
  const names = await readdir(folder, { recursive: true, withFileTypes: true })
  const texts = await Promise.all(
    names.filter((entry) => entry.isFile()).map((entry) => readFile(join(entry.parentPath, entry.name), 'latin1')),
  )
  return texts.join('\n')
}

describe('record --to', { timeout: 60_000 }, () => {
  it('delivers what a killed recorder had spooled for a dead far end, with what comes after, each once; no secret leaks', async () => {
    const server = await startFakeInflux()
    await server.breakLine()
    const state = join(root, 'state')
    const env = { XDG_DATA_HOME: state, CHATTERFIX_INFLUX_TOKEN: CANARY }
    const to = `influx://127.0.0.1:${server.port}/plant?version=3&waveforms=summary`
    const words = ['record', 'simulator://pump-set', '--to', to, '--out']
    const recorder = spawn(process.execPath, [PROGRAM, ...words, join(root, 'run-1')], { stdio: 'ignore', env: { ...process.env, ...env } })
    const spool = async (): Promise<string> =>
      join(state, 'chatterfix', 'spool', (await readdir(join(state, 'chatterfix', 'spool')))[0] ?? '', '1')
    await expect.poll(async () => (await everythingBelow(await spool())).length, { timeout: 30_000, interval: 100 }).toBeGreaterThan(3000)
    const gone = once(recorder, 'exit')
    recorder.kill('SIGKILL')
    await gone
    const looking = await Spool.open({ folder: await spool(), run: 'a look', capBytes: 1e9, policy: 'drop-newest' })
    const left = looking.waiting.earlier
    expect(left).toBeGreaterThan(20)

    await server.mendLine()
    const { stdout, stderr, code } = await runCli([...words, join(root, 'run-2'), '--for', '2s', '--json'], { env })
    await server.stop()
    expect(code).toBe(0)
    const { produced, sinks } = JSON.parse(stdout) as Summary
    const [recording, influx] = sinks
    expect(recording).toMatchObject({ name: 'recording', stored: produced })
    expect(influx).toMatchObject({ name: to, stored: produced, buffered: 0, spooled: 0, dropped: 0, earlier: { stored: left } })
    expect(server.asked.every(({ headers }) => headers.authorization === `Bearer ${CANARY}`)).toBe(true)
    expect([stdout, stderr, await everythingBelow(root)].join('\n')).not.toContain(CANARY)
  })

  it('records all the same where the far end is dead, says what waits, and writes the outage into the recording', async () => {
    const to = `postgres://recorder@127.0.0.1:${await freePort()}/plant`
    const out = join(root, 'run-3')
    const { stdout, stderr, code } = await runCli(['record', 'simulator://pump-set', '--out', out, '--for', '2s', '--to', to], {
      env: { XDG_DATA_HOME: join(root, 'state-3') },
    })
    expect(code).toBe(0)
    expect(stdout).toMatch(/to postgres:.*: stored 0 \+ waiting \d+ \+ dropped \d+; the next run to there sends what waits/)
    expect(stderr).toContain('ECONNREFUSED')
    const sql = `SELECT event, severity, text FROM events WHERE text LIKE 'postgres:%' ORDER BY time`
    const events = JSON.parse((await runCli(['query', sql, '--recording', out, '--json'])).stdout) as { event: string; text: string }[]
    expect([...new Set(events.map(({ event }) => event))].toSorted()).toEqual(['connection', 'recording'])
    expect(events.find(({ event }) => event === 'recording')?.text).toContain('takes no waveforms')
  })

  it('refuses a password in an address before anything is recorded, and repeats it nowhere', async () => {
    const out = join(root, 'run-4')
    const { stdout, stderr, code } = await runCli([
      'record',
      'simulator://pump-set',
      '--out',
      out,
      '--to',
      `postgres://ann:${CANARY}@127.0.0.1/plant`,
    ])
    expect(code).toBe(2)
    expect(stdout + stderr).not.toContain(CANARY)
    expect(stderr).toContain('CHATTERFIX_POSTGRES_PASSWORD')
    await expect(readdir(out)).rejects.toMatchObject({ code: 'ENOENT' })
  })
})
