import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { cp, readdir, readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import fc from 'fast-check'
import { expect, onTestFinished, test } from 'vitest'
import { buildRecording } from '../../src/recordings/build-recording.js'
import { openDuckdb } from '../../src/recordings/duckdb-session.js'
import { horizonOf } from '../../src/recordings/prune-horizon.js'
import { pruneRecording } from '../../src/recordings/prune-recording.js'
import { queryRecording } from '../../src/recordings/query-recording.js'
import { repairRecording } from '../../src/recordings/repair-recording.js'
import { verifyRecording } from '../../src/recordings/verify-recording.js'
import { runOf, systemClock, T0, TEMPERATURE, temporaryFolder } from '../sinks/recording/material.js'

const KILLS = Number(process.env['CHANGE_KILLS'] ?? 2)
const DAY = 86_400_000_000
const NOW = Math.floor(T0 / DAY) * DAY + 3 * DAY
const COUNT = 60_000
const STEP_MICROS = (2 * DAY) / COUNT
const around = { now: NOW, tool: 'test', signal: new AbortController().signal }

/** Two days of readings. */
async function material(name: string, shift = 0): Promise<string> {
  const folder = join(await temporaryFolder(), name)
  const session = await openDuckdb({ memoryLimitMb: 1024 })
  onTestFinished(session.close)
  const readings = `SELECT make_timestamp(${T0} + (i + ${shift}) * ${STEP_MICROS}) AS time, make_timestamp(${T0}) AS received, '${TEMPERATURE.key}' AS sensor,
    i::DOUBLE AS value, '°C' AS unit, NULL AS text, 0 AS quality FROM range(${COUNT}) t(i)`
  await buildRecording({
    ...around,
    folder,
    run: runOf([TEMPERATURE]),
    connection: session.connection,
    endedBy: 'duration',
    tables: { readings },
  })
  return folder
}

/** Runs a verb in a process and kills it so long after it began; null lets it end. @returns how long it took. */
async function change(words: readonly string[], killAfterMs: number | null): Promise<number> {
  const here = (name: string) => fileURLToPath(new URL(name, import.meta.url))
  const child = spawn(
    process.execPath,
    ['--import', here('../sinks/recording/run-typescript.mjs'), here('./change-process.ts'), ...words],
    { stdio: ['ignore', 'pipe', 'inherit'] },
  )
  const exited = once(child, 'exit')
  await once(child.stdout, 'data')
  const begunMs = performance.now()
  const timer = killAfterMs === null ? undefined : setTimeout(() => child.kill('SIGKILL'), killAfterMs)
  await exited
  clearTimeout(timer)
  return performance.now() - begunMs
}

function instants(wholeMs: number, seed: number): number[] {
  return fc.sample(fc.integer({ min: 0, max: Math.ceil(wholeMs) }), { numRuns: KILLS, seed })
}

test(`a prune killed at any instant has happened or not, and the next one ends it (${KILLS} kills)`, {
  timeout: 60_000 + KILLS * 10_000,
}, async () => {
  const original = await material('run')
  const views = 'SELECT (SELECT sum(count) FROM minutes) m, (SELECT sum(count) FROM days) d, (SELECT sum(mean * count) FROM hours) h'
  const { rows: before } = await queryRecording({ folders: [original], sql: views })
  const timed = join(await temporaryFolder(), 'timed')
  await cp(original, timed, { recursive: true })
  for (const killAfterMs of instants(await change(['prune', timed, String(NOW)], null), 1)) {
    const folder = join(await temporaryFolder(), 'run')
    await cp(original, folder, { recursive: true })
    await change(['prune', folder, String(NOW)], killAfterMs)
    const verdict = await verifyRecording(folder)
    expect(verdict, `killed after ${killAfterMs} ms`).toMatchObject({ ok: true, problems: [], produced: COUNT })
    expect((await queryRecording({ folders: [folder], sql: views })).rows, `killed after ${killAfterMs} ms`).toEqual(before)
    await pruneRecording(folder, horizonOf({ rawMs: 86_400_000 }, NOW), around)
    expect(await verifyRecording(folder), `killed after ${killAfterMs} ms`).toMatchObject({ ok: true, problems: [], notes: [] })
    expect((await verifyRecording(folder)).pruned).toBeGreaterThan(0)
    expect((await queryRecording({ folders: [folder], sql: views })).rows).toEqual(before)
    expect((await readdir(folder)).filter((name) => name.startsWith('.tmp-'))).toEqual([])
  }
})

test(`a merge killed at any instant has made all or nothing, and the next one sweeps it (${KILLS} kills)`, {
  timeout: 60_000 + KILLS * 10_000,
}, async () => {
  const [a, b] = [await material('a'), await material('b', COUNT / 2)]
  const timed = join(await temporaryFolder(), 'timed')
  for (const killAfterMs of instants(await change(['merge', timed, String(NOW), a, b], null), 2)) {
    const root = await temporaryFolder()
    const folder = join(root, 'both')
    await change(['merge', folder, String(NOW), a, b], killAfterMs)
    if (!(await readdir(root)).includes('both')) await change(['merge', folder, String(NOW), a, b], null)
    expect(await verifyRecording(folder), `killed after ${killAfterMs} ms`).toMatchObject({ ok: true, problems: [], stored: 2 * COUNT })
    expect(await readdir(root)).toEqual(['both'])
  }
})

test(`a repair killed at any instant is ended by the next one (${KILLS} kills)`, { timeout: 60_000 + KILLS * 10_000 }, async () => {
  const original = await material('run')
  const path = join(original, 'readings-000001.parquet')
  const bytes = await readFile(path)
  bytes.writeUInt8(bytes.readUInt8(bytes.length >> 1) ^ 1, bytes.length >> 1)
  await writeFile(path, bytes)
  await writeFile(join(original, 'manifest.json'), '{')
  const timed = join(await temporaryFolder(), 'timed')
  await cp(original, timed, { recursive: true })
  for (const killAfterMs of instants(await change(['repair', timed, String(NOW)], null), 3)) {
    const folder = join(await temporaryFolder(), 'run')
    await cp(original, folder, { recursive: true })
    await change(['repair', folder, String(NOW)], killAfterMs)
    const { verdict } = await repairRecording(folder, { ...around, now: systemClock.now() })
    expect(verdict, `killed after ${killAfterMs} ms`).toMatchObject({ ok: true, problems: [], produced: COUNT, endedBy: 'fault' })
    expect((await readdir(join(folder, 'damaged'))).some((name) => name.startsWith('readings-000001.parquet'))).toBe(true)
  }
})
