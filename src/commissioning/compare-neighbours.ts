import type { SensorKey } from '../readings/measurement.js'
import { FALSE_ALARM, FEWEST_QUIET, MOST_CHANGES, type NeighbourRecord, short, type TimedRecord } from './find-response.js'
import { changesIn, medianOf, SIDE, stillnessOf, thresholdAt } from './stillness.js'

export interface Moment {
  readonly atMs: number
  /** To both sides. */
  readonly withinMs: number
}

export interface Comparison {
  /** Those that moved then, each with the evidence. */
  readonly moved: readonly { readonly sensor: SensorKey; readonly says: string }[]
  readonly compared: number
  /** Too few readings to tell, before it or then. */
  readonly unknown: number
}

/** All the time between two, e.g. since a sensor was armed. */
export function momentBetween(fromMs: number, toMs: number): Moment {
  return { atMs: (fromMs + toMs) / 2, withinMs: (toMs - fromMs) / 2 }
}

/**
 * Which of the other sensors moved at that moment, by the same test as `findResponse`, each against its own quiet record. The chance that any of them is
 * named although none was touched is 1 %: 0.01/(changes then · sensors) for each change. One that was constant moved when it left its value.
 *
 * @param neighbours  each with quiet (n,) and armed (k,) readings in its own unit.
 */
export function compareNeighbours(neighbours: readonly NeighbourRecord[], moment: Moment): Comparison {
  const moved: { sensor: SensorKey; says: string }[] = []
  let unknown = 0
  for (const neighbour of neighbours) {
    const says = movementOf(neighbour, moment, neighbours.length)
    if (says === 'unknown') unknown++
    else if (says !== 'still') moved.push({ sensor: neighbour.sensor, says })
  }
  return { moved, unknown, compared: neighbours.length - unknown }
}

function movementOf({ quiet, armed, armedAtMs }: TimedRecord, { atMs, withinMs }: Moment, sensors: number): string {
  if (quiet.length < FEWEST_QUIET || armed.length < SIDE) return 'unknown'
  // The times of readings are no finer than their distance.
  const marginMs = withinMs + medianOf(armedAtMs.slice(1).map((at, index) => at - (armedAtMs[index] ?? at)))
  const isThen = (index: number): boolean => Math.abs((armedAtMs[index] ?? Number.NaN) - atMs) <= marginMs
  const first = quiet[0] ?? 0
  if (quiet.every((value) => value === first)) return leftValue(first, armed, isThen)
  const all = changesIn([...quiet.slice(-SIDE), ...armed])
  const then = all.filter((_, index) => isThen(index))
  if (then.length === 0 || (armedAtMs[all.length - 1] ?? 0) < atMs) return 'unknown'
  const still = stillnessOf(quiet)
  const largest = then.reduce((most, change) => (Math.abs(change - still.middle) > Math.abs(most - still.middle) ? change : most))
  const distance = Math.abs(largest - still.middle)
  if (distance <= thresholdAt(still, FALSE_ALARM / Math.min(then.length, MOST_CHANGES) / sensors)) return 'still'
  return `${largest > still.middle ? 'rose' : 'fell'} by ${short(distance)}; untouched, nothing above ${short(still.record)}`
}

function leftValue(value: number, armed: readonly number[], isThen: (index: number) => boolean): string {
  const then = armed.filter((_, index) => isThen(index))
  if (then.length === 0) return 'unknown'
  const other = then.find((reading) => reading !== value)
  return other === undefined ? 'still' : `left ${short(value)} by ${short(other - value)}; constant before`
}
