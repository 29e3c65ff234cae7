import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdir, readFile, utimes, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { describe, expect, it } from 'vitest'
import { openDuckdb } from '../../src/recordings/duckdb-session.js'
import { syntheticRecord } from '../analysis/synthetic-bearing.js'
import { temporaryFolder } from '../sinks/recording/material.js'
import { runCli } from './run-cli.js'

const SIDECAR = JSON.stringify({ fs: 25_600, unit: 'g', rpm: 1482 })

async function folderOf(count: number): Promise<string> {
  const folder = join(await temporaryFolder(), 'route')
  await mkdir(join(folder, 'deep'), { recursive: true })
  const samples = Float32Array.from(syntheticRecord({ fault: null, seed: 3, durationS: 1 }))
  for (let k = 0; k < count; k++) {
    const name = join(folder, k % 2 === 0 ? '' : 'deep', `m${k}`)
    await writeFile(`${name}.f32`, samples)
    await writeFile(`${name}.json`, SIDECAR)
  }
  return folder
}

const linesOf = async (path: string) =>
  (await readFile(path, 'utf8'))
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line) as Record<string, unknown>)

describe('many files', { timeout: 120_000 }, () => {
  it('are analysed in every channel; one that fails is told, stops nothing, and shows in the exit code; nothing is done twice', async () => {
    const folder = await folderOf(4)
    await writeFile(join(folder, 'broken.wav'), 'no waves')
    const out = join(folder, '..', 'r.jsonl')
    const first = await runCli(['analyze', 'vibration', folder, '--out', out, '--json'])
    expect(first.code).toBe(6)
    expect(JSON.parse(first.stdout)).toMatchObject({
      files: 5,
      analysed: 4,
      skipped: 0,
      left: 0,
      failed: [{ error: { code: 'WAVEFORM_FILE_UNREADABLE' } }],
    })
    expect((await linesOf(out)).map(({ type }) => type).sort()).toEqual(['failure', 'vibration', 'vibration', 'vibration', 'vibration'])
    const again = await runCli(['analyze', 'vibration', folder, '--out', out, '--json'])
    expect(JSON.parse(again.stdout)).toMatchObject({ analysed: 0, skipped: 4 })
    // What was said of a file, or the file itself, is another question.
    await utimes(join(folder, 'm0.json'), 1e9, 2e9)
    expect(JSON.parse((await runCli(['analyze', 'vibration', folder, '--out', out, '--json'])).stdout)).toMatchObject({
      analysed: 1,
      skipped: 3,
    })
    expect(JSON.parse((await runCli(['analyze', 'vibration', folder, '--out', out, '--speed', '1500', '--json'])).stdout)).toMatchObject({
      analysed: 4,
      skipped: 0,
    })
  })

  it('among which notes and earlier results lie are analysed without these, which is said; a named one fails', async () => {
    const folder = await folderOf(2)
    await writeFile(join(folder, 'notes.csv'), '2026-11-20 bearing changed, see order 4711\nno oil, 3 drops\n')
    const out = join(folder, 'r.parquet')
    for (const skipped of [0, 2]) {
      const { code, stdout, stderr } = await runCli(['analyze', 'vibration', folder, '--out', out, '--json'])
      expect([code, stderr]).toEqual([0, ''])
      const noMeasurement = [{ path: join(folder, 'notes.csv'), because: 'it holds no column of numbers' }]
      expect(JSON.parse(stdout)).toMatchObject({ files: 3, analysed: 2 - skipped, skipped, failed: [], noMeasurement })
    }
    const elsewhere = await runCli(['analyze', 'vibration', folder, '--jobs', '2'])
    // Two threads: whichever is first says so first.
    expect(elsewhere.stderr).toMatch(/notes\.csv is no measurement/)
    expect(elsewhere.stderr).toMatch(/r\.parquet is no measurement.*results of analyze vibration/)
    expect([elsewhere.code, elsewhere.stderr]).toEqual([0, expect.stringContaining('2 analysed, 2 no measurement')])
    const named = await runCli(['analyze', 'vibration', join(folder, 'notes.csv'), join(folder, 'm0.f32'), '--json'])
    expect(named.code).toBe(6)
    expect(JSON.parse(named.stdout)).toMatchObject({ failed: [{ error: { code: 'NO_MEASUREMENT' } }], noMeasurement: [] })
  })

  it('of which there are none are a mistake, and so are none but notes', async () => {
    const folder = join(await temporaryFolder(), 'empty')
    await mkdir(folder)
    const empty = await runCli(['analyze', 'vibration', folder])
    expect([empty.code, empty.stderr]).toEqual([2, expect.stringContaining('holds no waveform files')])
    await writeFile(join(folder, 'notes.csv'), 'who,what\nAnna,oil\n')
    expect((await runCli(['analyze', 'vibration', folder])).code).toBe(6)
  })

  it('that a kill interrupted go on where it was', async () => {
    const folder = await folderOf(12)
    const out = join(folder, '..', 'r.jsonl')
    const words = ['analyze', 'vibration', folder, '--out', out, '--jobs', '1', '--jsonl']
    const child = spawn(process.execPath, [fileURLToPath(new URL('../../bin/run.js', import.meta.url)), ...words], {
      stdio: ['ignore', 'pipe', 'ignore'],
    })
    const ended = once(child, 'exit')
    await once(child.stdout, 'data')
    child.kill('SIGKILL')
    await ended
    const kept = (await linesOf(out)).length
    expect(kept).toBeGreaterThan(0)
    const rest = await runCli(['analyze', 'vibration', folder, '--out', out, '--json'])
    const { analysed, skipped } = JSON.parse(rest.stdout) as { analysed: number; skipped: number }
    expect(analysed + skipped).toBe(12)
    expect(skipped).toBeGreaterThanOrEqual(kept - 1)
    expect(new Set((await linesOf(out)).map(({ path }) => path)).size).toBe(12)
  })

  it('become a Parquet file, a row a channel', async () => {
    const folder = await folderOf(3)
    const out = join(folder, '..', 'r.parquet')
    const { code } = await runCli(['analyze', 'vibration', join(folder, '**', '*.f32'), '--out', out, '--json'])
    expect(code).toBe(0)
    const session = await openDuckdb({ memoryLimitMb: 256 })
    const rows = await session.connection.runAndReadAll(
      `SELECT path, channel, sample_rate_hz, acceleration_rms_m_per_s2 > 0, error FROM '${out}' ORDER BY path`,
    )
    session.close()
    expect(rows.getRows().map(([, ...rest]) => rest)).toEqual(Array.from({ length: 3 }, () => ['ch1', 25_600, true, null]))
  })
})
