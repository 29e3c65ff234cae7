import { readdir, readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { expect, onTestFinished, test } from 'vitest'
import type { Sensor } from '../../src/readings/sensor.js'
import { buildRecording } from '../../src/recordings/build-recording.js'
import { openDuckdb } from '../../src/recordings/duckdb-session.js'
import { horizonOf } from '../../src/recordings/prune-horizon.js'
import { type PrunedRecording, previewPrune, pruneRecording } from '../../src/recordings/prune-recording.js'
import { queryRecording } from '../../src/recordings/query-recording.js'
import { verifyRecording } from '../../src/recordings/verify-recording.js'
import { runOf, STATE, T0, TEMPERATURE, temporaryFolder, VIBRATION } from '../sinks/recording/material.js'

const DAY = 86_400_000_000
const HOUR = DAY / 24
const ENERGY: Sensor = { ...TEMPERATURE, key: 'meter/energy', kind: 'energy', unit: 'kWh' }
const WIND: Sensor = { ...TEMPERATURE, key: 'mast/wind-direction', kind: 'other', unit: '°' }
const SENSORS = [TEMPERATURE, ENERGY, WIND, STATE, VIBRATION]
/** Noon of the day after the last one. */
const NOW = Math.floor(T0 / DAY) * DAY + 4 * DAY + 12 * HOUR

const reading = (sensor: Sensor, value: string, quality = '0', text = 'NULL') =>
  `SELECT make_timestamp(${T0} + i * 10000000) AS time, make_timestamp(${T0} + i * 10000000) AS received, '${sensor.key.replaceAll("'", "''")}' AS sensor,
    ${value} AS value, ${sensor.unit === null ? 'NULL' : `'${sensor.unit}'`} AS unit, ${text} AS text, ${quality} AS quality FROM range(25920) t(i)`

/** Three days from 15:00 on, a reading of each sensor every 10 s, a block of 5,000 samples every hour. */
async function threeDays(): Promise<string> {
  const folder = join(await temporaryFolder(), 'run')
  const session = await openDuckdb({ memoryLimitMb: 1024 })
  onTestFinished(session.close)
  const readings = [
    reading(TEMPERATURE, 'CASE WHEN i % 6 < 5 THEN i END', 'CASE WHEN i % 6 < 5 THEN 0 ELSE 128 END'),
    reading(ENERGY, '(i % 20000) * 0.5'),
    reading(WIND, 'CASE WHEN i % 2 = 0 THEN 350.0 ELSE 10.0 END'),
    reading(STATE, "'NaN'::DOUBLE", '0', "CASE WHEN i % 6 = 5 THEN 'on' ELSE 'off' END"),
  ]
  const piece = (fragment: number, rows: number) =>
    `SELECT make_timestamp(${T0} + h * ${HOUR} + ${fragment} * 819200) AS time, make_timestamp(${T0}) AS received, '${VIBRATION.key}' AS sensor, 'g' AS unit,
      5000.0 AS sample_rate_hz, list_transform(range(${fragment * 4096}, ${fragment * 4096 + rows}), lambda k: (1 + h * sin(2 * pi() * k / 50))::FLOAT) AS samples,
      h AS sequence, ${fragment} AS fragment, 2 AS fragments, 0 AS quality FROM range(72) t(h)`
  await buildRecording({
    folder,
    run: runOf(SENSORS),
    connection: session.connection,
    endedBy: 'duration',
    signal: new AbortController().signal,
    tables: {
      readings: readings.join(' UNION ALL '),
      waveforms: `${piece(0, 4096)} UNION ALL ${piece(1, 904)}`,
      gaps: `SELECT make_timestamp(${T0}) AS from_time, make_timestamp(${T0 + HOUR}) AS to_time, []::VARCHAR[] AS sensors, 'x' AS cause, NULL AS missing`,
    },
  })
  return folder
}

async function prune(folder: string, keepRawDays: number, keepDays?: number): Promise<PrunedRecording> {
  const horizon = horizonOf({ rawMs: keepRawDays * 86_400_000, ...(keepDays === undefined ? {} : { allMs: keepDays * 86_400_000 }) }, NOW)
  return await pruneRecording(folder, horizon, { now: NOW, signal: new AbortController().signal })
}

async function rowsOf(folder: string, view: string) {
  return (await queryRecording({ folders: [folder], sql: `SELECT * FROM ${view} ORDER BY sensor, time` })).rows
}

test('old readings go, their minutes, hours and days say the same as before, and the law holds', { timeout: 60_000 }, async () => {
  const folder = await threeDays()
  const views = ['minutes', 'hours', 'days', 'blocks'] as const
  const before = await Promise.all(views.map((view) => rowsOf(folder, view)))
  const preview = await previewPrune(folder, horizonOf({ rawMs: 2 * 86_400_000 }, NOW))
  const pruned = await prune(folder, 2)
  // From 15:00 to midnight of the day after: 33 hours of 360 readings of 4 sensors, and 33 blocks.
  expect(pruned).toMatchObject({
    outcome: 'pruned',
    pruned: 33 * 360 * 4 + 33,
    gone: { readings: 47_520, waveforms: 66 },
    left: { blocks: 33 },
  })
  expect(preview).toMatchObject({ pruned: pruned.pruned, gone: pruned.gone, bytesAfter: null })
  expect(await verifyRecording(folder)).toMatchObject({
    ok: true,
    problems: [],
    notes: [],
    produced: 25_920 * 4 + 72,
    stored: 25_920 * 4 + 72 - pruned.pruned,
    pruned: pruned.pruned,
    gaps: 1,
  })
  const { rows } = await queryRecording({ folders: [folder], sql: 'SELECT min(time) t, count(*) n FROM readings' })
  expect(rows).toEqual([{ t: '2026-11-24T00:00:00.000000Z', n: 25_920 * 4 - 47_520 }])
  for (const [i, view] of views.entries()) expect(await rowsOf(folder, view), view).toEqual(before[i])
  expect(await prune(folder, 2)).toMatchObject({ outcome: 'unchanged', pruned: 0 })

  await prune(folder, 1)
  expect(await verifyRecording(folder)).toMatchObject({ ok: true, problems: [] })
  for (const [i, view] of views.entries()) expect(await rowsOf(folder, view), view).toEqual(before[i])
})

test('what is older than all that is kept is gone, with its gaps, and the law still holds', { timeout: 60_000 }, async () => {
  const folder = await threeDays()
  await prune(folder, 1)
  const pruned = await prune(folder, 1, 2)
  expect(pruned).toMatchObject({ outcome: 'pruned', pruned: 0, gone: { minutes: 33 * 60 * 4, days: 8, gaps: 1, blocks: 33 } })
  expect(await verifyRecording(folder)).toMatchObject({ ok: true, problems: [], produced: 25_920 * 4 + 72, gaps: 0 })
  const { rows } = await queryRecording({ folders: [folder], sql: 'SELECT min(time) t FROM minutes' })
  expect(rows).toEqual([{ t: '2026-11-24T00:00:00.000000Z' }])
})

test('each kind of sensor is summed up by its nature', { timeout: 60_000 }, async () => {
  const folder = await threeDays()
  await prune(folder, 1)
  const first = async (sensor: Sensor, view: string) => (await rowsOf(folder, view)).filter((row) => row['sensor'] === sensor.key)
  // i = 0…4 are good, 5 is bad.
  expect((await first(TEMPERATURE, 'minutes'))[0]).toMatchObject({
    count: 6,
    valid_share: 5 / 6,
    min: 0,
    max: 4,
    mean: 2,
    first: 0,
    last: 4,
    increase: null,
  })
  const [wind] = await first(WIND, 'minutes')
  expect(wind?.['mean']).toBeCloseTo(0, 9)
  expect(wind?.['agreement']).toBeCloseTo(Math.cos((10 * Math.PI) / 180), 12)
  // A step of 0.5 every reading; at i = 20,000 it starts anew from 0. The first reading of all has no step.
  const energy = await first(ENERGY, 'days')
  expect(energy.map(({ increase, resets, mean }) => ({ increase, resets, mean }))).toEqual([
    { increase: (9 * 360 - 1) * 0.5, resets: 0, mean: null },
    { increase: 24 * 360 * 0.5, resets: 0, mean: null },
    { increase: 24 * 360 * 0.5 - 0.5, resets: 1, mean: null },
    { increase: 15 * 360 * 0.5, resets: 0, mean: null },
  ])
  expect((await first(STATE, 'minutes'))[0]).toMatchObject({ count: 6, valid_share: 1, mean: null, min: null, last_text: 'on' })
  // 1 + h·sin over whole periods: about the mean of 1 the RMS is h/√2, the peak h, the crest √2.
  const blocks = await first(VIBRATION, 'blocks')
  expect(blocks[0]).toMatchObject({ samples: 5000, mean: 1, rms: 0, crest: null })
  expect(blocks[5]?.['rms']).toBeCloseTo(5 / Math.SQRT2, 5)
  expect(blocks[5]?.['peak']).toBeCloseTo(5 * Math.sin((2 * Math.PI * 12) / 50), 3)
})

test('a damaged part is not summed up, and nothing goes', { timeout: 60_000 }, async () => {
  const folder = await threeDays()
  const path = join(folder, 'readings-000001.parquet')
  const bytes = await readFile(path)
  bytes.writeUInt8(bytes.readUInt8(1000) ^ 1, 1000)
  await writeFile(path, bytes)
  const files = await readdir(folder)
  await expect(prune(folder, 2)).rejects.toMatchObject({ code: 'RECORDING_UNREADABLE' })
  expect(await readdir(folder)).toEqual(files)
})

test('readings of which no two lie in one minute stay, until all is too old', { timeout: 60_000 }, async () => {
  const folder = join(await temporaryFolder(), 'run')
  const session = await openDuckdb({ memoryLimitMb: 512 })
  onTestFinished(session.close)
  const everyMinute = (sensor: Sensor) =>
    `SELECT time + INTERVAL (i * 50) SECOND AS time, received, sensor, value, unit, text, quality FROM (SELECT *, row_number() OVER (ORDER BY time) - 1 AS i
      FROM (${reading(sensor, 'i::DOUBLE')}) WHERE time < make_timestamp(${T0 + 8 * HOUR}))`
  await buildRecording({
    folder,
    run: runOf([TEMPERATURE, ENERGY]),
    connection: session.connection,
    endedBy: 'duration',
    signal: new AbortController().signal,
    tables: { readings: `${everyMinute(TEMPERATURE)} UNION ALL ${reading(ENERGY, 'i::DOUBLE')}` },
  })
  const before = await rowsOf(folder, 'minutes')
  const preview = await previewPrune(folder, horizonOf({ rawMs: 2 * 86_400_000 }, NOW))
  const pruned = await prune(folder, 2)
  expect(pruned.spared).toEqual({ sensors: 1, readings: 33 * 60 })
  expect(pruned).toMatchObject({ pruned: 33 * 360, gone: { readings: 33 * 360 }, left: { minutes: 33 * 60, hours: 33, days: 2 } })
  expect(preview).toMatchObject({ pruned: pruned.pruned, gone: pruned.gone, spared: pruned.spared })
  expect(await rowsOf(folder, 'minutes')).toEqual(before)
  expect(await verifyRecording(folder)).toMatchObject({ ok: true, pruned: 33 * 360 })
  expect(await prune(folder, 2)).toMatchObject({ outcome: 'unchanged', spared: { sensors: 1, readings: 33 * 60 } })

  expect(await prune(folder, 2, 2)).toMatchObject({ pruned: 33 * 60, gone: { readings: 33 * 60, minutes: 33 * 60 } })
  expect(await verifyRecording(folder)).toMatchObject({ ok: true, pruned: 33 * 420 })
})
