import type { DataValue, NodeId } from 'node-opcua-client'
import { batchOf } from '../../readings/batch.js'
import type { Gap, SensorKey } from '../../readings/measurement.js'
import { QUALITY } from '../../readings/quality.js'
import { advance, dueMs, scheduleFrom } from '../../readings/sampling-schedule.js'
import type { Sensor } from '../../readings/sensor.js'
import type { EpochMicros } from '../../readings/time.js'
import type { Surroundings } from '../contract.js'
import { DriverFault } from '../fault.js'
import { BUILT_IN } from './data-type.js'
import { readValueOf, sourceMicrosOf } from './data-value.js'
import type { MeasurementQueue } from './measurement-queue.js'
import { readNodes } from './node-lookup.js'
import type { OpcUaSession } from './session.js'
import { Staleness } from './staleness.js'

/** A sensor whose value is read once per period. `node` is null where the server has no such namespace. */
export interface ScalarSensor {
  readonly sensor: Sensor
  readonly node: NodeId | null
  readonly index: number | null
}

export interface CyclicReading {
  readonly opened: OpcUaSession
  readonly scalars: readonly ScalarSensor[]
  readonly queue: MeasurementQueue
  readonly around: Surroundings
  /** What a good value is worth here: `clock-unsynced` where the server's clock is off. */
  readonly goodQuality: number
  readonly signal: AbortSignal
}

/** This many reads in a row without an answer, and the line counts as broken. */
const SILENT_READS = 3

/** Reads all sensors of one period together: the n-th time at start + n × period. Ends with the signal. */
export async function readCyclically(reading: CyclicReading, periodMs: number): Promise<void> {
  const { around, queue, signal, scalars } = reading
  const { clock } = around
  const group = scalars.filter(({ sensor }) => sensor.periodMs === periodMs)
  const round = roundOf(reading, group, periodMs)
  let schedule = scheduleFrom(clock.monotonicMs(), periodMs)
  let silent = 0
  while (!signal.aborted) {
    const batch = await round().catch((thrown: unknown) => {
      if (isSilence(thrown)) around.traffic?.count('silent')
      if (!isSilence(thrown) || ++silent >= SILENT_READS) throw thrown
      return undefined
    })
    if (batch) silent = 0
    await queue.put(batch ?? silenceOf(group, clock.now()))
    const { schedule: following, skipped } = advance(schedule, clock.monotonicMs())
    schedule = following
    if (skipped > 0) await queue.put(missedRounds(group, clock.now(), schedule.periodMs, skipped))
    const waitMs = dueMs(schedule) - clock.monotonicMs()
    if (waitMs > 0) await clock.sleep(waitMs, signal)
  }
}

function roundOf(
  { opened, around, goodQuality }: CyclicReading,
  group: readonly ScalarSensor[],
  periodMs: number,
): () => Promise<ReturnType<typeof batchOf>> {
  const keys = keysOf(group)
  const known = group.flatMap(({ node }) => (node ? [node] : []))
  const staleness = group.map(() => new Staleness(periodMs))
  return async () => {
    const askedMs = around.clock.monotonicMs()
    const answers = await readNodes(opened, known)
    const receivedAt = around.clock.now()
    around.traffic?.count('answered', around.clock.monotonicMs() - askedMs)
    let at = 0
    const rows = group.map(({ node, index }, sensor) => {
      const answer = node ? answers[at++] : undefined
      if (!answer) return { sensor, measuredAt: receivedAt, value: Number.NaN, quality: QUALITY['not-configured'] }
      const read = readValueOf(answer, index)
      const stamp = sourceMicrosOf(answer)
      const isStill = (staleness[sensor]?.see(stamp, around.clock.monotonicMs()) ?? 'fresh') === 'stale' && isContinuous(answer)
      const quality = read.quality !== QUALITY.good ? read.quality : isStill ? QUALITY.stale : goodQuality
      // A bad value was not measured: its time is when we learned that there is none.
      return { sensor, measuredAt: read.quality >= 128 ? receivedAt : (stamp ?? receivedAt), value: read.value, text: read.text, quality }
    })
    return batchOf(keys, receivedAt, rows)
  }
}

/** A state or a counter may rightly stand still for a year; what is measured as a real number does not. */
function isContinuous({ value }: DataValue): boolean {
  const dataType: number = value.dataType
  return dataType === BUILT_IN.float32 || dataType === BUILT_IN.float64
}

function silenceOf(group: readonly ScalarSensor[], now: EpochMicros): ReturnType<typeof batchOf> {
  const rows = group.map((_, sensor) => ({ sensor, measuredAt: now, value: Number.NaN, quality: QUALITY['no-response'] }))
  return batchOf(keysOf(group), now, rows)
}

/** The server answers slower than we ask: what was never asked is a gap, not a value. */
function missedRounds(group: readonly ScalarSensor[], to: EpochMicros, periodMs: number, rounds: number): Gap {
  const cause = 'the server, or whoever takes the values, was slower than the period'
  return { kind: 'gap', sensors: keysOf(group), from: to - Math.round(rounds * periodMs * 1000), to, cause, missing: rounds * group.length }
}

function keysOf(group: readonly ScalarSensor[]): readonly SensorKey[] {
  return group.map(({ sensor }) => sensor.key)
}

function isSilence(thrown: unknown): boolean {
  return thrown instanceof DriverFault && thrown.code === 'OPCUA_SILENT'
}
