import type { SensorKey } from '../readings/measurement.js'
import { changesIn, SIDE, stillnessOf, thresholdAt } from './stillness.js'

/** A sensor before and after it was armed: readings in their order, in its unit. */
export interface StimulusRecord {
  readonly quiet: readonly number[]
  readonly armed: readonly number[]
}

/** A record with its times, so that it can be held against that of another sensor. */
export interface TimedRecord extends StimulusRecord {
  /** Of the armed readings, in ms since the epoch by the time that they carry; shape (k,). */
  readonly armedAtMs: readonly number[]
}

export interface NeighbourRecord extends TimedRecord {
  readonly sensor: SensorKey
}

export interface StimulusAnswer {
  readonly state: 'waiting' | 'responded'
  readonly says: string
  /** In the sensor's unit, against the quiet before; null while waiting. */
  readonly change: number | null
  /** Which of the armed readings is the first after the change. */
  readonly place: number | null
}

export const FEWEST_QUIET = 20
/** Chance that a sensor that nobody touches is said to respond, over the whole time for which it is armed. */
export const FALSE_ALARM = 0.01
/** For how long a sensor is armed, and how many changes that can be at four readings a second: each of them may be a false alarm. */
export const ARMED_MS = 60_000
export const MOST_CHANGES = (ARMED_MS / 1000) * 4

/**
 * Whether a sensor responded: a change between neighbouring means of three readings that its own quiet record does not have.
 *
 * d[i] = mean(x[i … i+2]) − mean(x[i−3 … i−1]) of the quiet readings gives median and spread s = 1.4826 · MAD. A change counts where
 * |d − median| > t · s, with Student's t at 1 − 0.01/(2 · 240), as many changes as there can be while armed, and where it exceeds every |d − median| of the quiet record.
 * Differences of neighbours stay stationary under drift and slow wandering, so neither looks like a touch. A record that was wholly constant has no
 * spread: there it must leave its value and come back, or pass through several steps.
 *
 * @param quiet  shape (n,), finite, before arming. Fewer than 20: waiting.
 * @param armed  shape (k,), finite, since arming.
 */
export function findResponse({ quiet, armed }: StimulusRecord): StimulusAnswer {
  if (quiet.length < FEWEST_QUIET) return waiting(`${quiet.length} of ${FEWEST_QUIET} readings of quiet before it was armed`)
  const low = Math.min(...quiet)
  const high = Math.max(...quiet)
  if (low === high) return leftConstant(low, quiet.length, armed)
  const still = stillnessOf(quiet)
  const { middle, record } = still
  // The last quiet readings are the left side of the first changes.
  const changes = changesIn([...quiet.slice(-SIDE), ...armed])
  if (changes.length === 0) return waiting('armed: touch it now')
  const threshold = thresholdAt(still, FALSE_ALARM / MOST_CHANGES)
  const largest = changes.reduce((most, change) => (Math.abs(change - middle) > Math.abs(most - middle) ? change : most))
  if (Math.abs(largest - middle) <= threshold) return waiting(`armed: no change above ${short(threshold)} in ${armed.length} readings`)
  const verb = largest > middle ? 'rose' : 'fell'
  return {
    state: 'responded',
    says: `${verb} by ${short(Math.abs(largest - middle))}; untouched, nothing above ${short(record)} in ${quiet.length} readings`,
    change: largest - middle,
    place: changes.indexOf(largest),
  }
}

/** A constant sensor answers when it leaves its value and comes back, or goes through three steps of its own. */
function leftConstant(value: number, count: number, armed: readonly number[]): StimulusAnswer {
  const away = armed.map((reading) => reading - value)
  const steps = armed.slice(1).map((reading, index) => Math.abs(reading - (armed[index] ?? reading)))
  const smallest = Math.min(...steps.filter((step) => step > 0))
  const farthest = away.reduce((most, distance) => (Math.abs(distance) > Math.abs(most) ? distance : most), 0)
  const first = away.findIndex((distance) => distance !== 0)
  const isBack = first >= 0 && away.slice(first).some((distance) => distance === 0)
  if (farthest !== 0 && (isBack || Math.abs(farthest) >= 3 * smallest)) {
    const how = isBack
      ? `left ${short(value)} by ${short(farthest)} and came back`
      : `left ${short(value)} by ${short(farthest)} in several steps`
    return { state: 'responded', says: `${how}; constant over ${count} readings before`, change: farthest, place: first }
  }
  if (farthest !== 0) return waiting(`left ${short(value)} by ${short(farthest)}: let go, so that it comes back`)
  return waiting(`armed: still ${short(value)}, as over ${count} readings before`)
}

function waiting(says: string): StimulusAnswer {
  return { state: 'waiting', says, change: null, place: null }
}

export function short(value: number): string {
  return String(Number(value.toPrecision(3)))
}
