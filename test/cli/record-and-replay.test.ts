import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { runCli } from './run-cli.js'

let folder = ''
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'chatterfix-replay-'))
})
afterAll(() => rm(folder, { recursive: true, force: true }))

const siteOf = (deadband: string) => `site: plant-1
assets:
  pump-247: { class: centrifugal pump }
sensors:
  pump-247/drive-end-temperature:
    address: simulator://pump-set/pump-247/drive-end-temperature?seed=7
    kind: temperature
    unit: °C
    every: 50ms
    ${deadband}
  pump-247/drive-end-acceleration:
    address: simulator://pump-set/pump-247/drive-end-acceleration?seed=7
    kind: acceleration
    unit: m/s²
`

async function json(...words: string[]): Promise<Record<string, unknown>> {
  const { code, stdout, stderr } = await runCli([...words, '--json'])
  if (code !== 0) throw new Error(`${words.join(' ')}: ${stderr}`)
  return JSON.parse(stdout) as Record<string, unknown>
}

async function recorded(name: string, site: string, ...flags: string[]): Promise<{ out: string; summary: Record<string, unknown> }> {
  const [file, out] = [join(folder, `${name}.yaml`), join(folder, name)]
  await writeFile(file, site)
  return { out, summary: await json('record', '--site', file, '--out', out, '--for', '2s', '--ntp', 'none', ...flags) }
}

describe('what says nothing new', () => {
  it('is left out of a recording where a deadband says so, counted apart, and the law holds', { timeout: 60_000 }, async () => {
    const { out, summary } = await recorded('deadband', siteOf('deadband: 1000'))
    const { produced, stored, dropped, leftOut } = summary as Record<string, number>
    expect(leftOut).toBeGreaterThan(20)
    expect(produced).toBe((stored ?? 0) + (dropped ?? 0))
    expect(await json('recordings', 'verify', out)).toMatchObject({ ok: true, stored, produced })
    const sql = "SELECT count(*)::INT AS n FROM readings WHERE sensor LIKE '%temperature'"
    // The first, and what was last seen at the end.
    expect(await json('query', sql, '--recording', out)).toEqual([{ n: 2 }])
  })

  it('is still seen by whoever watches', { timeout: 60_000 }, async () => {
    const file = join(folder, 'watched.yaml')
    await writeFile(file, siteOf('deadband: 1000'))
    const words = ['watch', '--site', file, '--record', join(folder, 'watched'), '--for', '2s', '--ntp', 'none', '--jsonl']
    const { stdout } = await runCli(words)
    expect(
      stdout.split('\n').filter((line) => line.includes('drive-end-temperature') && line.includes('"reading"')).length,
    ).toBeGreaterThan(20)
  })

  it('keeps every change with --on-change alone', { timeout: 60_000 }, async () => {
    const { summary } = await recorded('on-change', siteOf('description: no deadband'), '--on-change')
    const { produced, stored, leftOut } = summary as Record<string, number>
    expect(produced).toBe(stored)
    expect(leftOut).toBeGreaterThanOrEqual(0)
  })

  it('is refused where the deadband is none, with its line', async () => {
    const file = join(folder, 'wrong.yaml')
    await writeFile(file, siteOf('deadband: -1'))
    const { code, stderr } = await runCli(['record', '--site', file, '--out', join(folder, 'never'), '--for', '1s'])
    expect(code).not.toBe(0)
    expect(stderr).toMatch(/wrong\.yaml:10\b/)
    expect(stderr).toContain('deadband')
  })
})

describe('a replay', () => {
  it('is the same twice, byte by byte, and what records it has the same rows', { timeout: 120_000 }, async () => {
    const { out } = await recorded('original', siteOf('description: every reading'))
    const replay = ['replay', out, '--speed', 'max', '--jsonl']
    const [first, second] = [await runCli(replay), await runCli(replay)]
    expect(first.code).toBe(0)
    expect(first.stdout.length).toBeGreaterThan(1000)
    expect(second.stdout).toBe(first.stdout)
    expect(first.stdout).toContain('"connected"'.slice(1, -1))

    const keys = ['pump-247/drive-end-temperature', 'pump-247/drive-end-acceleration']
    const addresses = keys.map((key) => `recording://${out}?sensor=${key}&speed=max`)
    const copies = [join(folder, 'copy-1'), join(folder, 'copy-2')]
    for (const copy of copies) await json('record', ...addresses, '--out', copy, '--ntp', 'none')
    const sql = `SELECT count(*)::INT AS n, md5(string_agg(concat_ws('|', time, received, sensor, value, quality, text), ';' ORDER BY ALL)) AS sum FROM readings`
    const waves = `SELECT count(*)::INT AS n, md5(string_agg(concat_ws('|', time, sequence, fragment, samples), ';' ORDER BY time, fragment)) AS sum FROM waveforms`
    for (const query of [sql, waves]) {
      const [one, two] = [
        await json('query', query, '--recording', copies[0] ?? ''),
        await json('query', query, '--recording', copies[1] ?? ''),
      ]
      expect(two).toEqual(one)
      expect((one as unknown as { n: number }[])[0]?.n).toBeGreaterThan(0)
    }
  })
})
