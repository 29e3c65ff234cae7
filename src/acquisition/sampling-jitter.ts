import type { Clock } from '../readings/clock.js'
import type { Freight, SensorKey } from '../readings/measurement.js'
import type { Sensor } from '../readings/sensor.js'
import type { EpochMicros } from '../readings/time.js'

/** Upper edges of the histogram in milliseconds: 0.1 ms to about 100 s in steps of a tenth of a decade. */
const EDGES_MS = Array.from({ length: 61 }, (_, i) => 10 ** (i / 10 - 1))
/** Fewer samples say nothing of regularity. */
const ENOUGH = 10
/** A wall clock that goes further than this from the monotonic one was set: what lies between two readings is no interval then. */
const STEP_MS = 500
/** So many more intervals are no measure after a step: readings may have been taken before it and handed over after. */
const UNSURE = 2
/** A sensor whose intervals mostly are nowhere near its period is not polled: its values come when they come. */
const POLLED_SHARE = 0.9

interface Rhythm {
  readonly periodMs: number
  previous: EpochMicros
  /** How many of the coming intervals may span a step of the clock. */
  unsure: number
  /** Intervals within a quarter of a period of a whole number of periods, and all of them. */
  regular: number
  intervals: number
  missed: number
  readonly histogram: Uint32Array
  largestMs: number
}

/** How evenly a sensor was sampled. Deviations are of intervals from whole periods, in milliseconds. */
export interface Regularity {
  readonly sensor: SensorKey
  readonly periodMs: number
  readonly intervals: number
  /** Whole periods in which no reading came. */
  readonly missed: number
  readonly jitterMs: { readonly p50: number; readonly p99: number; readonly largest: number }
}

/** Measures how far from their periods polled sensors were sampled. Bounded: a histogram a sensor. */
export class SamplingJitter {
  readonly #rhythms = new Map<SensorKey, Rhythm>()
  #periods: ReadonlyMap<SensorKey, number>

  readonly #clock: Pick<Clock, 'now' | 'monotonicMs'>
  #wallMinusMonotonicMs: number

  constructor(sensors: readonly Sensor[], clock: Pick<Clock, 'now' | 'monotonicMs'>) {
    this.#clock = clock
    this.#wallMinusMonotonicMs = this.#wallMinusMonotonic()
    this.#periods = new Map(sensors.map(({ key, periodMs }) => [key, periodMs]))
  }

  /** From now on these. What is sampled with another period is measured anew. */
  follow(sensors: readonly Sensor[]): void {
    this.#periods = new Map(sensors.map(({ key, periodMs }) => [key, periodMs]))
    for (const [key, { periodMs }] of this.#rhythms) {
      const now = this.#periods.get(key)
      if (now !== undefined && now !== periodMs) this.#rhythms.delete(key)
    }
  }

  /** When the latest reading of a sensor was measured. */
  latest(key: SensorKey): EpochMicros | undefined {
    return this.#rhythms.get(key)?.previous
  }

  hear(freight: Freight): void {
    if (freight.kind !== 'batch') return
    this.#noticeStep()
    const { sensors, sensor, measuredAt } = freight
    for (let row = 0; row < measuredAt.length; row++) this.#sample(sensors[sensor[row] ?? -1] ?? '', measuredAt[row] ?? 0)
  }

  /** Sensors that were sampled by period, with their figures; pushed ones are not in it. */
  report(): readonly Regularity[] {
    return [...this.#rhythms].flatMap(([sensor, { periodMs, intervals, regular, missed, histogram, largestMs }]) => {
      if (intervals < ENOUGH || regular < POLLED_SHARE * intervals) return []
      const at = (share: number): number => Math.min(largestMs, quantile(histogram, share))
      return [{ sensor, periodMs, intervals, missed, jitterMs: { p50: at(0.5), p99: at(0.99), largest: largestMs } }]
    })
  }

  #noticeStep(): void {
    const now = this.#wallMinusMonotonic()
    if (Math.abs(now - this.#wallMinusMonotonicMs) < STEP_MS) return
    this.#wallMinusMonotonicMs = now
    for (const rhythm of this.#rhythms.values()) rhythm.unsure = UNSURE
  }

  #wallMinusMonotonic(): number {
    return this.#clock.now() / 1000 - this.#clock.monotonicMs()
  }

  #sample(key: SensorKey, at: EpochMicros): void {
    const rhythm = this.#rhythms.get(key)
    if (rhythm === undefined) {
      const periodMs = this.#periods.get(key)
      if (periodMs === undefined || periodMs <= 0) return
      const histogram = new Uint32Array(EDGES_MS.length + 1)
      this.#rhythms.set(key, { periodMs, previous: at, unsure: 0, regular: 0, intervals: 0, missed: 0, histogram, largestMs: 0 })
      return
    }
    const intervalMs = (at - rhythm.previous) / 1000
    rhythm.previous = at
    if (rhythm.unsure > 0) {
      rhythm.unsure--
      return
    }
    const periods = Math.max(1, Math.round(intervalMs / rhythm.periodMs))
    const deviationMs = Math.abs(intervalMs - periods * rhythm.periodMs)
    rhythm.intervals++
    if (deviationMs < rhythm.periodMs / 4) rhythm.regular++
    rhythm.missed += periods - 1
    rhythm.largestMs = Math.max(rhythm.largestMs, deviationMs)
    const slot = deviationMs <= 0.1 ? 0 : Math.min(EDGES_MS.length, Math.ceil((Math.log10(deviationMs) + 1) * 10))
    rhythm.histogram[slot] = (rhythm.histogram[slot] ?? 0) + 1
  }
}

/** The upper edge of the slot in which the quantile lies. */
function quantile(histogram: Uint32Array, share: number): number {
  const total = histogram.reduce((sum, count) => sum + count, 0)
  let sum = 0
  const slot = histogram.findIndex((count) => {
    sum += count
    return sum >= share * total
  })
  return EDGES_MS[slot] ?? Number.POSITIVE_INFINITY
}
