import { mkdir, readdir, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { expect, onTestFinished, test } from 'vitest'
import { type BuiltRecording, buildRecording, type RecordingPlan } from '../../src/recordings/build-recording.js'
import { openDuckdb } from '../../src/recordings/duckdb-session.js'
import { openRecording } from '../../src/recordings/open-recording.js'
import { queryRecording } from '../../src/recordings/query-recording.js'
import { verifyRecording } from '../../src/recordings/verify-recording.js'
import { runOf, STATE, T0, TEMPERATURE, temporaryFolder, VIBRATION } from '../sinks/recording/material.js'

async function build(plan: Partial<RecordingPlan> & Pick<RecordingPlan, 'tables'>): Promise<BuiltRecording> {
  const session = await openDuckdb({ memoryLimitMb: 1024 })
  onTestFinished(session.close)
  const folder = plan.folder ?? join(await temporaryFolder(), 'built')
  const run = runOf([TEMPERATURE, STATE, VIBRATION])
  return await buildRecording({
    run,
    connection: session.connection,
    endedBy: 'end-of-input',
    signal: new AbortController().signal,
    ...plan,
    folder,
  })
}

function readingsSql(count: number): string {
  return `SELECT make_timestamp(${T0} + i * 1000) AS time, make_timestamp(${T0} + i * 1000 + 5) AS received,
    '${TEMPERATURE.key}' AS sensor, i::DOUBLE AS value, '°C' AS unit, NULL AS text, 0 AS quality FROM range(${count}) t(i)`
}

const WAVES = `SELECT make_timestamp(${T0} + b * 1000000 + f * 160000) AS time, make_timestamp(${T0}) AS received, '${VIBRATION.key}' AS sensor, 'g' AS unit,
  25600.0 AS sample_rate_hz, [b::FLOAT, f::FLOAT] AS samples, b AS sequence, f AS fragment, 2 AS fragments, 0 AS quality
  FROM range(12000) t(b), range(2) u(f)`

test('a recording built from SQL is whole, closed, sorted by sensor and time, and counts what it holds', async () => {
  const built = await build({
    tables: {
      readings: `FROM (${readingsSql(1000)} UNION ALL SELECT make_timestamp(${T0}), make_timestamp(${T0}), 'a/first', 1, NULL, 'on', 0) ORDER BY random()`,
      gaps: `SELECT make_timestamp(${T0}) AS from_time, make_timestamp(${T0 + 1}) AS to_time, ['x'] AS sensors, 'lost' AS cause, 3 AS missing`,
      events: `SELECT make_timestamp(${T0}) AS time, 'mark' AS event, 'note' AS severity, 'here' AS text, []::VARCHAR[] AS sensors`,
    },
    drops: [{ count: 7, from: T0, to: T0 + 5, cause: 'not taken over' }],
  })
  expect(built).toMatchObject({ parts: 3, stored: 1001, rows: { readings: 1001, gaps: 1, events: 1, waveforms: 0 } })
  expect(await verifyRecording(built.folder)).toMatchObject({
    ok: true,
    problems: [],
    state: 'complete',
    produced: 1008,
    stored: 1001,
    dropped: 7,
    gaps: 1,
    endedBy: 'end-of-input',
  })
  const { rows } = await queryRecording({ folders: [built.folder], sql: 'SELECT sensor, value FROM readings LIMIT 3' })
  expect(rows.map(({ sensor, value }) => [sensor, value])).toEqual([
    ['a/first', 1],
    [TEMPERATURE.key, 0],
    [TEMPERATURE.key, 1],
  ])
  const { manifest } = await openRecording(built.folder)
  expect(manifest.sensors.map(({ key }) => key)).toEqual([TEMPERATURE.key, STATE.key, VIBRATION.key])
  expect(manifest.stop?.at).toBe('2026-11-22T15:00:00.999000Z')
})

test('a long table becomes several parts; the pieces of a waveform block stay in one of them', { timeout: 60_000 }, async () => {
  const built = await build({ tables: { readings: readingsSql(4_500_000), waveforms: WAVES } })
  expect(built.rows).toMatchObject({ readings: 4_500_000, waveforms: 24_000 })
  expect(await verifyRecording(built.folder)).toMatchObject({ ok: true, problems: [], stored: 4_512_000, dropped: 0 })
  const view = await openRecording(built.folder)
  expect(view.parts.filter(({ table }) => table === 'readings')).toHaveLength(3)
  const waves = view.parts.filter(({ table }) => table === 'waveforms')
  expect(waves.length).toBeGreaterThanOrEqual(3)
  for (const { rows, count } of waves) expect(count).toBe(rows / 2)
})

test('an empty recording can be built, and one over an empty folder', async () => {
  const folder = join(await temporaryFolder(), 'empty')
  await mkdir(folder)
  await build({ folder, tables: {} })
  expect(await verifyRecording(folder)).toMatchObject({ ok: true, produced: 0, stored: 0, parts: 0 })
})

test('what cannot be built leaves nothing: a used folder, a row without a time, a missing column, an abort', async () => {
  const root = await temporaryFolder()
  await mkdir(join(root, 'used'))
  await writeFile(join(root, 'used/x'), '')
  await expect(build({ folder: join(root, 'used'), tables: {} })).rejects.toMatchObject({ code: 'RECORDING_EXISTS' })
  const folder = join(root, 'new')
  const timeless = readingsSql(3).replace(/make_timestamp\(\d+ \+ i \* 1000\) AS time/, 'NULL::TIMESTAMP AS time')
  await expect(build({ folder, tables: { readings: timeless } })).rejects.toMatchObject({ code: 'RECORDING_UNREADABLE' })
  await expect(build({ folder, tables: { readings: 'SELECT now() AS time' } })).rejects.toThrow(/received/)
  await expect(build({ folder, tables: {}, signal: AbortSignal.abort() })).rejects.toMatchObject({ code: 'INTERRUPTED' })
  const late = AbortSignal.timeout(300)
  await expect(build({ folder, tables: { readings: readingsSql(200_000_000) }, signal: late })).rejects.toMatchObject({
    code: 'INTERRUPTED',
  })
  expect(await readdir(root)).toEqual(['used'])
})
