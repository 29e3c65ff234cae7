import type { Happening } from '../readings/measurement.js'
import type { Regularity } from './sampling-jitter.js'

/** How evenly the sensors of one period were sampled: the worst of each figure. */
export interface PeriodRegularity {
  readonly periodMs: number
  readonly sensors: number
  readonly intervals: number
  readonly missed: number
  readonly jitterMs: { readonly p50: number; readonly p99: number; readonly largest: number }
}

/** One entry a period, the shortest first. */
export function regularityByPeriod(regularities: readonly Regularity[]): readonly PeriodRegularity[] {
  const groups = [...Map.groupBy(regularities, ({ periodMs }) => periodMs)].toSorted(([a], [b]) => a - b)
  return groups.map(([periodMs, group]) => ({
    periodMs,
    sensors: group.length,
    intervals: group.reduce((sum, { intervals }) => sum + intervals, 0),
    missed: group.reduce((sum, { missed }) => sum + missed, 0),
    jitterMs: {
      p50: Math.max(...group.map(({ jitterMs }) => jitterMs.p50)),
      p99: Math.max(...group.map(({ jitterMs }) => jitterMs.p99)),
      largest: Math.max(...group.map(({ jitterMs }) => jitterMs.largest)),
    },
  }))
}

/** Kept in the recording, as its last event. */
export function samplingEvent({ periodMs, sensors, missed, jitterMs }: PeriodRegularity, at: number): Happening {
  const { p50, p99, largest } = jitterMs
  const text = `${sensors} sensors sampled every ${periodMs} ms: off by at most ${p50.toPrecision(2)} ms half of the time, ${p99.toPrecision(2)} ms in 99 of 100, ${largest.toPrecision(2)} ms once; ${missed} periods without a reading`
  return { kind: 'event', at, event: 'recording', severity: 'note', text, sensors: [] }
}
