import type { Happening } from '../../readings/measurement.js'
import type { EpochMicros } from '../../readings/time.js'
import { judgeLimits } from './alarms.js'
import { countCrossing } from './attention.js'
import { limitState } from './limit-state.js'
import type { LiveState } from './live-state.js'
import { countOn, isSteadied, isTurning, type LimitChange, loseValue, nextValue, type SteadyLimits, steadyLimits } from './steady-limits.js'

interface Judged {
  readonly row: number
  readonly value: number
  readonly at: EpochMicros
  readonly receivedAt: EpochMicros
}

/** Holds a value that is no bad one against the limits of its sensor. @returns what is to be told. */
export function watchLimits(live: LiveState, { row, value, at, receivedAt }: Judged): readonly Happening[] {
  const sensor = live.sensors[row]
  if (!sensor?.limits) return []
  const steady = live.steady.get(row) ?? begunFor(live, row)
  if (!steady) return judged(live, row, [{ letters: limitState(value, sensor.limits), value, at }])
  const changes = nextValue(steady, { value, at, receivedAt })
  return judged(live, row, [...changes, { letters: steady.letters, value, at }])
}

/** A sensor has no value any more. @returns what came to its end before. */
export function loseLimits(live: LiveState, row: number, at: EpochMicros): readonly Happening[] {
  const steady = live.steady.get(row)
  return steady ? judged(live, row, loseValue(steady, at)) : []
}

/**
 * Sensors that say nothing while nothing changes (OPC UA, MQTT) would never end a delay by themselves. Once their next reading is overdue by their period,
 * the last value counts on. @param receivedAt  now, by the clock that receives.
 */
export function settleSilent(live: LiveState, receivedAt: EpochMicros): readonly Happening[] {
  const told: Happening[] = []
  for (const [row, steady] of live.steady) {
    if (!isTurning(steady)) continue
    const silentMicros = receivedAt - steady.receivedAt - (live.sensors[row]?.periodMs ?? 0) * 1000
    if (silentMicros > 0) told.push(...judged(live, row, countOn(steady, (live.measuredAt[row] ?? 0) + silentMicros)))
  }
  return told
}

function begunFor(live: LiveState, row: number): SteadyLimits | undefined {
  const limits = live.sensors[row]?.limits
  if (!limits || !isSteadied(limits)) return undefined
  const steady = steadyLimits(limits)
  live.steady.set(row, steady)
  return steady
}

function judged(live: LiveState, row: number, changes: readonly LimitChange[]): readonly Happening[] {
  const sensor = live.sensors[row]
  if (!sensor) return []
  return changes.flatMap((change) => {
    const before = live.alarms.get(row)?.times ?? 0
    const told = judgeLimits(live.alarms, sensor, { row, ...change })
    if ((live.alarms.get(row)?.times ?? 0) > before) countCrossing(live.attention, `alert ${sensor.key}`)
    return told ?? []
  })
}
