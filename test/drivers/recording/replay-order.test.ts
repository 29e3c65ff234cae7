import { cp } from 'node:fs/promises'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { formatRecordingAddress } from '../../../src/drivers/recording/address.js'
import { recordingDriver } from '../../../src/drivers/recording/driver.js'
import { freightJsonl } from '../../../src/output/freight-jsonl.js'
import type { Batch, Freight } from '../../../src/readings/measurement.js'
import type { EpochMicros } from '../../../src/readings/time.js'
import { compactRecording } from '../../../src/recordings/compact-recording.js'
import { createRecordingSink } from '../../../src/sinks/recording/recording-sink.js'
import { surroundingsOf } from '../../conformance/surroundings.js'
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
} from '../../sinks/recording/material.js'

const ROUNDS = 14
const SENSORS = [TEMPERATURE, STATE, VIBRATION]

/** Many parts whose times overlap and repeat: late readings, the same moment on several sensors and in several parts, blocks at one moment. */
async function awkwardRecording(): Promise<string> {
  const folder = join(await temporaryFolder(), 'run')
  const sink = createRecordingSink({ folder, clock: systemClock, log: recordedLog(), flushIntervalMs: 5, compaction: 'none' })
  await sink.start(runOf(SENSORS))
  for (let i = 0; i < ROUNDS; i++) {
    const batch = { ...batchFrom([TEMPERATURE, STATE], T0 + (i % 7) * 100_000, 60), receivedAt: T0 + 5e6 + i }
    // Two readings of one sensor at one moment, in one batch: they stay as they were written.
    batch.measuredAt[58] = batch.measuredAt[56] ?? 0
    await sink.take(batch)
    for (const sensor of [VIBRATION.key, TEMPERATURE.key])
      await sink.take({
        ...waveformOf({ startedAt: T0 + (i % 5) * 50_000, samples: Float32Array.from({ length: 9000 }, (_, n) => n + i), sequence: i }),
        sensor,
        receivedAt: T0 + 6e6 + i,
      })
    const at = T0 + (i % 3) * 1000
    await sink.take({ kind: 'event', at, event: 'mark', severity: 'note', text: `mark ${i}`, sensors: i % 2 ? [] : [STATE.key] })
    await sink.take({ kind: 'gap', sensors: [STATE.key], from: at, to: at + i, cause: 'unplugged', missing: null })
    // One flush each, so that there are many parts.
    while (sink.progress.buffered > 0) await systemClock.sleep(2)
  }
  await sink.close('duration')
  return folder
}

async function replay(folder: string, bounds: { readonly from?: EpochMicros; readonly to?: EpochMicros } = {}): Promise<Freight[]> {
  const sensors = SENSORS.map((sensor) => ({
    ...sensor,
    address: formatRecordingAddress({ folder, sensor: sensor.key, speed: 'max', ...bounds }),
  }))
  await using connection = await recordingDriver.open(sensors, surroundingsOf())
  return await Array.fromAsync(connection.measurements())
}

function textOf(freight: readonly Freight[]): string {
  return freight.map((one) => freightJsonl(one, () => undefined, { waveforms: 'samples' })).join('')
}

test('a replay is the same byte by byte each time, and after compaction', async () => {
  const folder = await awkwardRecording()
  const compacted = `${folder}-compacted`
  await cp(folder, compacted, { recursive: true })
  const { before, after } = await compactRecording(compacted, { now: T0, signal: new AbortController().signal })
  expect(after.parts).toBeLessThan(before.parts / 5)
  const first = textOf(await replay(folder))
  expect(textOf(await replay(folder))).toBe(first)
  expect(textOf(await replay(compacted))).toBe(first)
  expect(first.split('\n').filter((line) => line.startsWith('{"type":"reading"'))).toHaveLength(ROUNDS * 60)
})

test('every block comes whole where many begin at the same moment', async () => {
  const blocks = (await replay(await awkwardRecording())).filter((one) => one.kind === 'waveform')
  expect(blocks).toHaveLength(2 * ROUNDS)
  for (const { samples, sequence = 0 } of blocks)
    expect([samples.length, samples[0], samples[8999]]).toEqual([9000, sequence, 8999 + sequence])
})

test('events are replayed at their turn, and say that they are', async () => {
  const events = (await replay(await awkwardRecording())).filter((one) => one.kind === 'event')
  expect(events).toHaveLength(ROUNDS)
  expect(events.every(({ isReplayed }) => isReplayed)).toBe(true)
  expect(events.map(({ at }) => at)).toEqual(events.map(({ at }) => at).toSorted((a, b) => a - b))
})

test('from and to bound a replay, to not included', async () => {
  const folder = await awkwardRecording()
  const timesOf = (freight: readonly Freight[]) =>
    freight.filter((one): one is Batch => one.kind === 'batch').flatMap(({ measuredAt }) => [...measuredAt])
  const [from, to] = [T0 + 100_000, T0 + 250_000]
  const all = timesOf(await replay(folder))
  const wanted = all.filter((at) => at >= from && at < to)
  expect(wanted.length).toBeGreaterThan(50)
  expect(timesOf(await replay(folder, { from, to }))).toEqual(wanted)
  expect(await replay(folder, { from: T0 + 3600e6 })).toEqual([])
  expect(() => recordingDriver.locate('recording:///run?from=2026-11-22T15:00:00Z&to=2026-11-22T15:00:00Z')).toThrow('is not the address')
  expect(() => recordingDriver.locate('recording:///run?from=yesterday')).toThrow('is not the address')
})
