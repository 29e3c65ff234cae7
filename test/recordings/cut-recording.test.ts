import { join } from 'node:path'
import { expect, test } from 'vitest'
import { type CutRequest, cutRecording } from '../../src/recordings/cut-recording.js'
import { openRecording } from '../../src/recordings/open-recording.js'
import { queryRecording } from '../../src/recordings/query-recording.js'
import { verifyRecording } from '../../src/recordings/verify-recording.js'
import { batchFrom, STATE, T0, TEMPERATURE, VIBRATION, waveformOf } from '../sinks/recording/material.js'
import { recorded } from './material.js'

const SECOND = 1_000_000
const SENSORS = [TEMPERATURE, STATE, VIBRATION]

/** 10 s of two sensors in turn, one reading every 10 ms; a block of 5,000 samples at 2.5 s and at 9 s; a gap, an event for one, a mark for all. */
async function material(): Promise<string> {
  return await recorded(SENSORS, [
    batchFrom([TEMPERATURE, STATE], T0, 1000),
    waveformOf({ startedAt: T0 + 2.5 * SECOND, samples: new Float32Array(5000).fill(1), sampleRateHz: 5000, sequence: 1 }),
    waveformOf({ startedAt: T0 + 9 * SECOND, samples: new Float32Array(5000).fill(2), sampleRateHz: 5000, sequence: 2 }),
    { kind: 'gap', sensors: [TEMPERATURE.key, STATE.key], from: T0 + 1 * SECOND, to: T0 + 4 * SECOND, cause: 'cable', missing: 9 },
    { kind: 'event', at: T0 + 2.1 * SECOND, event: 'alert', severity: 'warning', text: 'hot', sensors: [TEMPERATURE.key] },
    { kind: 'event', at: T0 + 2.2 * SECOND, event: 'mark', severity: 'note', text: 'all', sensors: [] },
  ])
}

async function cut(folder: string, request: Partial<CutRequest>): Promise<string> {
  const out = join(folder, '..', 'piece')
  await cutRecording({ folder, out, sensors: [], signal: new AbortController().signal, ...request })
  return out
}

test('a piece holds what lies in it, from the first moment and without the last, and is whole', async () => {
  const folder = await material()
  const out = await cut(folder, { from: T0 + 2 * SECOND, to: T0 + 3 * SECOND })
  expect(await verifyRecording(out)).toMatchObject({ ok: true, problems: [], stored: 101, dropped: 0, gaps: 1, state: 'complete' })
  const { rows } = await queryRecording({
    folders: [out],
    sql: `SELECT (SELECT min(time) FROM readings) a, (SELECT max(time) FROM readings) b, (SELECT count(*) FROM waveforms) w,
      (SELECT list(text ORDER BY time) FROM events WHERE event <> 'recording') e, (SELECT to_time - from_time = INTERVAL 1 SECOND AND missing IS NULL FROM gaps) g`,
  })
  expect(rows[0]).toEqual({ a: '2026-11-22T15:00:02.000000Z', b: '2026-11-22T15:00:02.990000Z', w: 2, e: ['hot', 'all'], g: true })
  const { manifest } = await openRecording(out)
  expect(manifest.start).toMatchObject({ startedAt: '2026-11-22T15:00:02.000000Z', tool: 'chatterfix 0.1.0', purpose: 'test' })
  expect(await verifyRecording(folder)).toMatchObject({ ok: true, stored: 1002 })
})

test('a piece of some sensors names only these, also in gaps and events', async () => {
  const out = await cut(await material(), { sensors: [STATE.key] })
  expect(await verifyRecording(out)).toMatchObject({ ok: true, stored: 500, gaps: 1 })
  const { rows } = await queryRecording({
    folders: [out],
    sql: `SELECT (SELECT list(DISTINCT sensor) FROM readings) r, (SELECT list(sensor) FROM sensors) s, (SELECT any_value(sensors) FROM gaps) g,
      (SELECT count(*) FROM events WHERE text = 'hot') hot`,
  })
  expect(rows[0]).toEqual({ r: [STATE.key], s: [STATE.key], g: [STATE.key], hot: 0 })
})

test('a sensor that is not there, and an interruption, leave nothing behind', async () => {
  const folder = await material()
  await expect(cut(folder, { sensors: ['nobody'] })).rejects.toMatchObject({ code: 'RECORDING_SENSOR_UNKNOWN' })
  await expect(cut(folder, { signal: AbortSignal.abort() })).rejects.toMatchObject({ code: 'INTERRUPTED' })
  await expect(openRecording(join(folder, '..', 'piece'))).rejects.toMatchObject({ code: 'FILE_NOT_FOUND' })
})

test('what was dropped within the piece stays dropped, and a recording without rows can be cut', async () => {
  const folder = await recorded([TEMPERATURE], [])
  const out = await cut(folder, { from: T0 })
  expect(await verifyRecording(out)).toMatchObject({ ok: true, stored: 0, produced: 0 })
})
