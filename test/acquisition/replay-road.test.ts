import { join } from 'node:path'
import { expect, test } from 'vitest'
import { acquire, type RoadReport } from '../../src/acquisition/acquire.js'
import { withExceptionsOnly } from '../../src/acquisition/with-exceptions-only.js'
import type { Clock } from '../../src/readings/clock.js'
import type { Freight } from '../../src/readings/measurement.js'
import { queryRecording } from '../../src/recordings/query-recording.js'
import { replaySensors } from '../../src/recordings/replay-sensors.js'
import { verifyRecording } from '../../src/recordings/verify-recording.js'
import type { Sink } from '../../src/sinks/contract.js'
import { createRecordingSink } from '../../src/sinks/recording/recording-sink.js'
import { surroundingsOf } from '../conformance/surroundings.js'
import {
  batchFrom,
  recordedLog,
  runOf,
  STATE,
  systemClock,
  T0,
  TEMPERATURE,
  temporaryFolder,
  VIBRATION,
  waveformOf,
} from '../sinks/recording/material.js'

/** With all that a recording can hold: texts, bad and uncertain qualities, doubles, long blocks, sequences, gaps, events. */
async function original(): Promise<string> {
  const folder = join(await temporaryFolder(), 'original')
  const sink = createRecordingSink({ folder, clock: systemClock, log: recordedLog() })
  await sink.start(runOf([TEMPERATURE, STATE, VIBRATION]))
  for (let i = 0; i < 5; i++) {
    const batch = batchFrom([TEMPERATURE, STATE], T0 + i * 1e6, 40)
    batch.quality.set([0, 128, 4, 1, 131])
    await sink.take({ ...batch, texts: Array.from({ length: 40 }, (_, n) => (n % 2 ? `state ${n}` : null)) })
    await sink.take(waveformOf({ startedAt: T0 + i * 1e6, samples: Float32Array.from({ length: 9000 }, (_, n) => n), sequence: i }))
    await sink.take(waveformOf({ startedAt: T0 + i * 1e6 + 5e5, samples: Float64Array.of(0.1, 0.2, i / 3) }))
  }
  await sink.take({ kind: 'gap', sensors: [STATE.key], from: T0 + 2e6, to: T0 + 3e6, cause: 'unplugged', missing: 7 })
  await sink.take({ kind: 'event', at: T0 + 2e6, event: 'connection', severity: 'fault', text: 'connection lost', sensors: [STATE.key] })
  await sink.take({ kind: 'event', at: T0 + 4e6, event: 'clock', severity: 'warning', text: 'the wall clock stepped', sensors: [] })
  await sink.close('duration')
  return folder
}

async function replayInto(folder: string, sinks: readonly Sink[], clock: Clock = systemClock): Promise<RoadReport> {
  return await acquire({
    ...(await replaySensors(folder, { speed: 'max' })),
    purpose: 'record a replay',
    tool: 'test',
    sinks,
    around: surroundingsOf({ clock }),
    compareClock: () => Promise.resolve({ server: 'time.test', offsetMs: 5, roundTripMs: 1, stratum: 1 }),
  })
}

const TABLES = {
  readings: 'time, received, sensor, value, unit, text, quality',
  waveforms: 'time, received, sensor, unit, sample_rate_hz, samples, sequence, fragment, fragments, quality',
  events: 'time, event, severity, text, sensors',
  gaps: 'from_time, to_time, sensors, cause, missing',
}

async function rowsOf(folder: string): Promise<Record<string, unknown>> {
  const tables = Object.entries(TABLES).map(async ([table, columns]) => {
    const { rows } = await queryRecording({ folders: [folder], sql: `SELECT ${columns} FROM ${table} ORDER BY ALL` })
    return [table, rows] as const
  })
  return Object.fromEntries(await Promise.all(tables))
}

test('what records a replay has the rows of the original, and nothing of now, however often', async () => {
  const folder = await original()
  const rows = await rowsOf(folder)
  expect(rows['events']).toHaveLength(2)
  for (const attempt of [1, 2]) {
    const copy = join(await temporaryFolder(), `copy-${attempt}`)
    const report = await replayInto(folder, [createRecordingSink({ folder: copy, clock: systemClock, log: recordedLog() })])
    expect(report).toMatchObject({
      endedBy: 'end-of-input',
      produced: 210,
      gaps: 1,
      sampling: [],
      sinks: [{ tally: { stored: 210, dropped: 0 } }],
    })
    expect(await rowsOf(copy)).toEqual(rows)
    expect((await verifyRecording(copy)).ok).toBe(true)
  }
})

test('what leaves out readings of a replay says so in the time of the replay', async () => {
  const folder = await original()
  const taken: Freight[] = []
  const inner: Sink = {
    name: 'kept',
    policy: 'wait',
    start: () => Promise.resolve(),
    take: (freight) => void taken.push(freight),
    close: () => Promise.resolve(),
    tally: () => ({ stored: 0, buffered: 0, dropped: 0, drops: [] }),
  }
  await replayInto(folder, [withExceptionsOnly(inner, { deadband: 1e9, atLeastEveryMs: 3_600_000 })])
  const times = taken.flatMap((one) => (one.kind === 'event' ? [one.at] : []))
  expect(times).toHaveLength(3)
  expect(times.every((at) => at >= T0 && at < T0 + 60e6)).toBe(true)
})
