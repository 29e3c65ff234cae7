import type { Limits } from '../../readings/sensor.js'
import type { EpochMicros } from '../../readings/time.js'
import { isBeyond, LIMIT_LETTERS, type LimitLetters, type LimitState, limitOf } from './limit-state.js'

/** One limit, annunciated or not, and since when the value says otherwise; NaN: it does not. */
interface LimitSwitch {
  readonly letters: LimitLetters
  readonly limit: number
  state: 'on' | 'off'
  turningSince: EpochMicros
}

/** How a sensor with deadband or delays stands with its limits. */
export interface SteadyLimits {
  readonly limits: Limits
  readonly switches: readonly LimitSwitch[]
  /** The worst limit that is annunciated. */
  letters: LimitState
  /** The last one that was no bad one; it counts until the next. */
  value: number
  /** Since when there is no value; NaN while there is one. */
  lostAt: EpochMicros
  /** By our clock, of the reading that `value` is of. */
  receivedAt: EpochMicros
}

/** How it stands from a time on, and with which value. */
export interface LimitChange {
  readonly letters: LimitState
  readonly value: number
  readonly at: EpochMicros
}

/** The worst first. */
const ORDER = ['HH', 'LL', 'H', 'L'] as const satisfies readonly LimitLetters[]

/** Whether a sensor states how its alarms are kept from chattering; those that do not are judged reading by reading. */
export function isSteadied({ deadband = 0, onDelayMs = 0, offDelayMs = 0 }: Limits): boolean {
  return deadband > 0 || onDelayMs > 0 || offDelayMs > 0
}

export function steadyLimits(limits: Limits): SteadyLimits {
  const switches = LIMIT_LETTERS.flatMap((letters): readonly LimitSwitch[] => {
    const limit = limitOf(letters, limits)
    return Number.isNaN(limit) ? [] : [{ letters, limit, state: 'off', turningSince: Number.NaN }]
  })
  return { limits, switches, letters: null, value: Number.NaN, lostAt: Number.NaN, receivedAt: 0 }
}

/**
 * The value as it is known counted on until a time, which may end delays. A limit is annunciated once the value was beyond it for the on-delay, and no
 * longer once it was back by more than the deadband for the off-delay; the change is dated to the end of the delay, whenever it is noticed. So it follows
 * from the readings alone.
 */
export function countOn(steady: SteadyLimits, until: EpochMicros): readonly LimitChange[] {
  const changes: LimitChange[] = []
  if (!Number.isNaN(steady.lostAt)) return changes
  for (;;) {
    const due = steady.switches.reduce((soonest, one) => Math.min(soonest, dueAt(one, steady.limits)), Number.POSITIVE_INFINITY)
    if (due > until) return changes
    for (const one of steady.switches) if (dueAt(one, steady.limits) === due) turn(one)
    const letters = worstOf(steady.switches)
    if (letters !== steady.letters) changes.push({ letters, value: steady.value, at: due })
    steady.letters = letters
  }
}

/** A new value that is no bad one. @returns what changed up to it and with it, in the order of time. */
export function nextValue(
  steady: SteadyLimits,
  { value, at, receivedAt }: { readonly value: number; readonly at: EpochMicros; readonly receivedAt: EpochMicros },
): readonly LimitChange[] {
  const before = countOn(steady, at)
  resume(steady, at)
  Object.assign(steady, { value, receivedAt })
  for (const one of steady.switches) {
    const margin = one.state === 'on' ? (steady.limits.deadband ?? 0) : 0
    const wanted = isBeyond(one.letters, value, one.limit, margin) ? 'on' : 'off'
    if (wanted === one.state) one.turningSince = Number.NaN
    // A clock that was set back begins anew.
    else if (!(one.turningSince <= at)) one.turningSince = at
  }
  return [...before, ...countOn(steady, at)]
}

/** From a time on there is no value: delays stand still, and are neither ended nor begun anew. */
export function loseValue(steady: SteadyLimits, at: EpochMicros): readonly LimitChange[] {
  const before = countOn(steady, at)
  if (Number.isNaN(steady.lostAt)) steady.lostAt = at
  return before
}

/** Whether a delay is running, which time alone may end. */
export function isTurning({ switches, lostAt }: SteadyLimits): boolean {
  return Number.isNaN(lostAt) && switches.some(({ turningSince }) => !Number.isNaN(turningSince))
}

function resume(steady: SteadyLimits, at: EpochMicros): void {
  if (Number.isNaN(steady.lostAt)) return
  const lost = Math.max(0, at - steady.lostAt)
  for (const one of steady.switches) one.turningSince += lost
  steady.lostAt = Number.NaN
}

function dueAt({ state, turningSince }: LimitSwitch, { onDelayMs = 0, offDelayMs = 0 }: Limits): EpochMicros {
  if (Number.isNaN(turningSince)) return Number.POSITIVE_INFINITY
  return turningSince + (state === 'on' ? offDelayMs : onDelayMs) * 1000
}

function turn(one: LimitSwitch): void {
  one.state = one.state === 'on' ? 'off' : 'on'
  one.turningSince = Number.NaN
}

function worstOf(switches: readonly LimitSwitch[]): LimitState {
  return ORDER.find((letters) => switches.some((one) => one.letters === letters && one.state === 'on')) ?? null
}
