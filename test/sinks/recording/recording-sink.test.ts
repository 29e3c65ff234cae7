import { readdir } from 'node:fs/promises'
import { join } from 'node:path'
import { DuckDBInstance } from '@duckdb/node-api'
import { expect, test } from 'vitest'
import { QUALITY } from '../../../src/readings/quality.js'
import { queryRecording } from '../../../src/recordings/query-recording.js'
import { verifyRecording } from '../../../src/recordings/verify-recording.js'
import { createRecordingSink } from '../../../src/sinks/recording/recording-sink.js'
import { batchFrom, recordedLog, runOf, STATE, systemClock, T0, TEMPERATURE, temporaryFolder, VIBRATION, waveformOf } from './material.js'

test('values, times, qualities and texts come back exactly as they were taken', async () => {
  const folder = join(await temporaryFolder(), 'run')
  const sink = createRecordingSink({ folder, clock: systemClock, log: recordedLog() })
  await sink.start(runOf([TEMPERATURE, STATE]))
  await sink.take({
    kind: 'batch',
    sensors: [STATE.key, TEMPERATURE.key],
    sensor: Uint16Array.of(1, 0, 1, 1, 0),
    measuredAt: Float64Array.of(T0 + 1, T0 + 2, -1, T0 + 4, 7.9e15),
    receivedAt: T0 + 5,
    value: Float64Array.of(0.1, 5, 1e-300, 99, 0),
    quality: Uint8Array.of(QUALITY.good, QUALITY.good, QUALITY['out-of-range'], QUALITY['no-response'], QUALITY.good),
    texts: [null, 'läuft\0 "\n', null, null, '18446744073709551615'],
  })
  await sink.close('end-of-input')
  const { rows } = await queryRecording({
    folders: [folder],
    sql: 'SELECT time, sensor, value, unit, quality, reason, text, received FROM readings',
  })
  const received = '2026-11-22T15:00:00.000005Z'
  const temperature = { sensor: TEMPERATURE.key, unit: '°C', text: null, received }
  const state = { sensor: STATE.key, unit: null, quality: 'good', reason: null, received }
  expect(rows).toEqual([
    { ...temperature, time: '2026-11-22T15:00:00.000001Z', value: 0.1, quality: 'good', reason: null },
    { ...state, time: '2026-11-22T15:00:00.000002Z', value: 5, text: 'läuft\0 "\n' },
    { ...temperature, time: '1969-12-31T23:59:59.999999Z', value: 1e-300, quality: 'uncertain', reason: 'out-of-range' },
    { ...temperature, time: '2026-11-22T15:00:00.000004Z', value: null, quality: 'bad', reason: 'no-response' },
    { ...state, time: '2220-05-05T04:26:40.000000Z', value: 0, text: '18446744073709551615' },
  ])
  expect(await verifyRecording(folder)).toMatchObject({
    ok: true,
    problems: [],
    produced: 5,
    stored: 5,
    dropped: 0,
    endedBy: 'end-of-input',
  })
})

test('a part is plain Parquet that DuckDB reads with nothing of ours, and nothing else ends in .parquet', async () => {
  const folder = join(await temporaryFolder(), 'run')
  const sink = createRecordingSink({ folder, clock: systemClock, log: recordedLog() })
  await sink.start(runOf([TEMPERATURE]))
  await sink.take(batchFrom([TEMPERATURE], T0, 10_000))
  await sink.close('duration')
  const names = await readdir(folder)
  expect(names.toSorted()).toEqual(['manifest.json', 'parts.jsonl', 'readings-000001.parquet'])
  const instance = await DuckDBInstance.create(':memory:')
  const connection = await instance.connect()
  const result = await connection.runAndReadAll(
    `SELECT count(*), count(DISTINCT time), min(epoch_us(time)), max(value), any_value(unit) FROM '${join(folder, '*.parquet')}'`,
  )
  expect(result.getRows()).toEqual([[10_000n, 10_000n, BigInt(T0), 9999 / 7, '°C']])
  connection.closeSync()
  instance.closeSync()
})

test('a waveform block is cut into rows of 4096 samples and its samples can be asked in SQL', async () => {
  const folder = join(await temporaryFolder(), 'run')
  const sink = createRecordingSink({ folder, clock: systemClock, log: recordedLog() })
  await sink.start(runOf([VIBRATION]))
  await sink.take(waveformOf({ startedAt: T0, samples: Float32Array.from({ length: 10_000 }, (_, i) => i), sequence: 41 }))
  await sink.take(waveformOf({ startedAt: T0 + 1e6, samples: new Float64Array([0.1, 0.2]) }))
  await sink.take(waveformOf({ startedAt: T0 + 2e6, samples: new Float64Array([0.25, 0.5]) }))
  await sink.take(waveformOf({ startedAt: T0 + 3e6, samples: new Float32Array(0) }))
  await sink.close('duration')
  const { rows } = await queryRecording({
    folders: [folder],
    sql: 'SELECT time, sequence, fragment, fragments, len(samples) n, list_sum(samples) s FROM waveforms ORDER BY time',
  })
  expect(rows).toEqual([
    { time: '2026-11-22T15:00:00.000000Z', sequence: 41, fragment: 0, fragments: 3, n: 4096, s: (4095 * 4096) / 2 },
    { time: '2026-11-22T15:00:00.160000Z', sequence: 41, fragment: 1, fragments: 3, n: 4096, s: 4096 * 4096 + (4095 * 4096) / 2 },
    { time: '2026-11-22T15:00:00.320000Z', sequence: 41, fragment: 2, fragments: 3, n: 1808, s: 1808 * 8192 + (1807 * 1808) / 2 },
    { time: '2026-11-22T15:00:01.000000Z', sequence: null, fragment: 0, fragments: 1, n: 2, s: 0.1 + 0.2 },
    { time: '2026-11-22T15:00:02.000000Z', sequence: null, fragment: 0, fragments: 1, n: 2, s: 0.75 },
    { time: '2026-11-22T15:00:03.000000Z', sequence: null, fragment: 0, fragments: 1, n: 0, s: null },
  ])
  expect(await verifyRecording(folder)).toMatchObject({ ok: true, problems: [], produced: 4, stored: 4 })
})

test('gaps and events are recorded, and a sensor that nobody announced gets into the list of sensors', async () => {
  const folder = join(await temporaryFolder(), 'run')
  const sink = createRecordingSink({ folder, clock: systemClock, log: recordedLog() })
  await sink.start(runOf([]))
  await sink.take({ kind: 'gap', sensors: ['a', 'b'], from: T0, to: T0 + 1e6, cause: 'connection lost: ECONNRESET', missing: null })
  await sink.take({ kind: 'event', at: T0, event: 'mark', severity: 'note', text: "the operator's mark", sensors: [] })
  await sink.take(batchFrom([TEMPERATURE, STATE], T0, 3))
  await sink.close('interrupt')
  const ask = async (sql: string) => (await queryRecording({ folders: [folder], sql })).rows
  expect(await ask('SELECT * EXCLUDE (recording) FROM gaps')).toEqual([
    {
      from_time: '2026-11-22T15:00:00.000000Z',
      to_time: '2026-11-22T15:00:01.000000Z',
      sensors: ['a', 'b'],
      cause: 'connection lost: ECONNRESET',
      missing: null,
    },
  ])
  expect(await ask('SELECT event, text, sensors FROM events')).toEqual([{ event: 'mark', text: "the operator's mark", sensors: [] }])
  expect(await ask('SELECT sensor, kind FROM sensors ORDER BY ALL')).toEqual([
    { sensor: TEMPERATURE.key, kind: 'other' },
    { sensor: STATE.key, kind: 'other' },
  ])
  expect(await verifyRecording(folder)).toMatchObject({ ok: true, gaps: 1, stored: 3 })
})

test('nothing of hostile times and numbers stops the flush', async () => {
  const folder = join(await temporaryFolder(), 'run')
  const sink = createRecordingSink({ folder, clock: systemClock, log: recordedLog() })
  await sink.start(runOf([TEMPERATURE]))
  const batch = batchFrom([TEMPERATURE], T0, 3)
  batch.measuredAt.set([Number.NaN, Number.POSITIVE_INFINITY, 1e300])
  batch.value.set([Number.NaN, Number.NEGATIVE_INFINITY, 1])
  await sink.take(batch)
  await sink.take({ kind: 'gap', sensors: [], from: Number.NaN, to: 1e300, cause: '', missing: Number.NaN })
  await sink.take({ kind: 'event', at: Number.NEGATIVE_INFINITY, event: 'mark', severity: 'note', text: '\uD800', sensors: [] })
  await sink.take(waveformOf({ startedAt: Number.NaN, samples: new Float64Array([Number.NaN, 1]), sampleRateHz: 0, sequence: 1.5 }))
  await sink.close('duration')
  expect(await verifyRecording(folder)).toMatchObject({ ok: true, problems: [], stored: 4 })
})

test('a flush of few rows among many sensors names each sensor rightly', async () => {
  const folder = join(await temporaryFolder(), 'run')
  const sensors = Array.from({ length: 300 }, (_, i) => ({ ...TEMPERATURE, key: `s-${i}`, unit: i % 2 === 0 ? '°C' : null }))
  const sink = createRecordingSink({ folder, clock: systemClock, log: recordedLog() })
  await sink.start(runOf(sensors))
  const keys = sensors.map(({ key }) => key)
  await sink.take({ ...batchFrom(sensors, T0, 2), sensors: keys, sensor: Uint16Array.of(299, 256) })
  await sink.close('duration')
  const { rows } = await queryRecording({ folders: [folder], sql: 'SELECT sensor, unit FROM readings ORDER BY time' })
  expect(rows).toEqual([
    { sensor: 's-299', unit: null },
    { sensor: 's-256', unit: '°C' },
  ])
})
