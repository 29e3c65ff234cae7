import type { Clock } from '../../readings/clock.js'
import type { PollEntry } from './poll-entry.js'
import type { UnitHealth } from './unit-health.js'

/** What of a round decides how long anybody is waited for. */
export interface RoundTerms {
  readonly health: UnitHealth
  readonly clock: Clock
  /** On the monotonic clock: the line is needed for something else from then on. */
  readonly untilMs: number
  /** Whether a unit that pauses keeps others waiting. */
  readonly company: 'alone' | 'others'
}

/** A unit that answered last time is given this long, if its time-out allows it, before its reading is called bad: it may only have paused. */
const GRACE_MS = 300
/** A suspect that is asked when hardly any time is left still gets this much. */
const SHORTEST_HOLD_MS = 5

/** How long an answer is waited for at the most, ms; the second time no longer than the round lasts. */
export function timeoutMs({ clock, health, untilMs }: RoundTerms, { request: { unit }, isRepeat }: PollEntry): number {
  const wholeMs = health.timeoutMs(unit)
  return isRepeat ? Math.min(wholeMs, Math.max(health.patienceMs, untilMs - clock.monotonicMs())) : wholeMs
}

/** How long a round goes on for the sake of a unit that was well, ms. A unit that keeps nobody waiting may take all its time. */
export function graceMs({ company, health }: RoundTerms, unit: number): number {
  return company === 'alone' ? health.timeoutMs(unit) : Math.max(GRACE_MS, health.patienceMs)
}

/** How long a question holds up the others, ms. Who was silent before does so no longer than there is time left anyway. */
export function holdMs({ health, clock, untilMs }: RoundTerms, unit: number): number {
  if (!health.isSuspect(unit)) return health.patienceMs
  return Math.max(SHORTEST_HOLD_MS, Math.min(health.patienceMs, untilMs - clock.monotonicMs()))
}
