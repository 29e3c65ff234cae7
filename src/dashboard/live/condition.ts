import { isBad, qualityOf } from '../../readings/quality.js'
import type { EpochMicros } from '../../readings/time.js'
import { ageMs } from '../store.js'
import { type LimitState, limitState } from './limit-state.js'
import type { LiveState } from './live-state.js'

/** How one sensor stands at one moment; what its row says besides the number. */
export interface Condition {
  /** `waiting`: nothing came yet; `stale`: the last value is older than it should be. */
  readonly level: 'waiting' | 'good' | 'uncertain' | 'stale' | 'bad'
  /** Why, in a word. */
  readonly reason: string
  /** Which limit counts as passed: by the value, and by deadband and delays where the sensor states them. */
  readonly limit: LimitState
  /** Of the last reading; 0 while waiting. */
  readonly ageMs: number
}

/** Moment and kind of run that a picture is drawn for. */
export interface Moment {
  readonly now: EpochMicros
  readonly mode: 'live' | 'replay'
}

const STALE_AFTER_PERIODS = 3
/** Pushed sensors state no period, so a few seconds are not yet old. */
const STALE_AFTER_AT_LEAST_MS = 5000

export function conditionOf(live: LiveState, row: number, moment: Moment): Condition {
  if (live.seen[row] !== 1) return { level: 'waiting', reason: 'waiting', limit: null, ageMs: 0 }
  const sensor = live.sensors[row]
  const quality = live.quality[row] ?? 255
  const age = ageMs(live, row, moment.now)
  if (isBad(quality)) return { level: 'bad', reason: qualityOf(quality).reason ?? 'bad', limit: null, ageMs: age }
  const steady = live.steady.get(row)
  const limit = steady ? steady.letters : limitState(live.value[row] ?? Number.NaN, sensor?.limits)
  const staleAfterMs = Math.max(STALE_AFTER_AT_LEAST_MS, STALE_AFTER_PERIODS * (sensor?.periodMs ?? 0))
  if (age > staleAfterMs) return { level: 'stale', reason: 'stale', limit, ageMs: age }
  const { level, reason } = qualityOf(quality)
  return { level: level === 'good' ? 'good' : 'uncertain', reason: reason ?? level, limit, ageMs: age }
}

/** How many sensors stand how; for the heading. */
export interface Headcount {
  readonly critical: number
  readonly warning: number
  readonly bad: number
  readonly stale: number
  readonly waiting: number
}

/** Of all sensors, or of some by their rows. */
export function headcountOf(live: LiveState, moment: Moment, rows: Iterable<number> = live.sensors.keys()): Headcount {
  const counts = { critical: 0, warning: 0, bad: 0, stale: 0, waiting: 0 }
  for (const row of rows) {
    const { level, limit } = conditionOf(live, row, moment)
    if (limit === 'HH' || limit === 'LL') counts.critical++
    else if (limit !== null) counts.warning++
    if (level === 'bad' || level === 'stale' || level === 'waiting') counts[level]++
  }
  return counts
}
