import { normalQuantileOf } from '../analysis/statistics/normal.js'

/** A sensor before and after it was armed: readings in their order, in its unit. */
export interface StimulusRecord {
  readonly quiet: readonly number[]
  readonly armed: readonly number[]
}

export interface StimulusAnswer {
  readonly state: 'waiting' | 'responded'
  readonly says: string
  /** In the sensor's unit, against the quiet before; null while waiting. */
  readonly change: number | null
}

export const FEWEST_QUIET = 20
/** Readings on each side of a change. */
const SIDE = 3
/** Chance that a sensor that nobody touches is said to respond, over the whole time for which it is armed. */
const FALSE_ALARM = 0.01
/** For how long a sensor is armed, and how many changes that can be at four readings a second: each of them may be a false alarm. */
export const ARMED_MS = 60_000
const MOST_CHANGES = (ARMED_MS / 1000) * 4

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
  const still = changesIn(quiet)
  const middle = medianOf(still)
  const distances = still.map((change) => Math.abs(change - middle))
  const spread = 1.4826 * medianOf(distances)
  const record = Math.max(...distances)
  // The last quiet readings are the left side of the first changes.
  const changes = changesIn([...quiet.slice(-SIDE), ...armed])
  if (changes.length === 0) return waiting('armed: touch it now')
  const factor = studentQuantile(FALSE_ALARM / MOST_CHANGES, Math.max(3, Math.floor((0.37 * still.length) / SIDE)))
  const threshold = Math.max(factor * spread, record)
  const largest = changes.reduce((most, change) => (Math.abs(change - middle) > Math.abs(most - middle) ? change : most))
  if (Math.abs(largest - middle) <= threshold) return waiting(`armed: no change above ${short(threshold)} in ${armed.length} readings`)
  const verb = largest > middle ? 'rose' : 'fell'
  return {
    state: 'responded',
    says: `${verb} by ${short(Math.abs(largest - middle))}; untouched, nothing above ${short(record)} in ${quiet.length} readings`,
    change: largest - middle,
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
    return { state: 'responded', says: `${how}; constant over ${count} readings before`, change: farthest }
  }
  if (farthest !== 0) return waiting(`left ${short(value)} by ${short(farthest)}: let go, so that it comes back`)
  return waiting(`armed: still ${short(value)}, as over ${count} readings before`)
}

function changesIn(values: readonly number[]): readonly number[] {
  const changes: number[] = []
  for (let i = SIDE; i + SIDE <= values.length; i++) changes.push(meanOf(values.slice(i, i + SIDE)) - meanOf(values.slice(i - SIDE, i)))
  return changes
}

/** Two-sided: P(|t| > result) = `chance`; Cornish-Fisher expansion about the normal quantile (Abramowitz & Stegun 26.7.5). */
function studentQuantile(chance: number, freedom: number): number {
  const z = normalQuantileOf(1 - chance)
  const [z3, z5, z7] = [z ** 3, z ** 5, z ** 7]
  const first = (z3 + z) / 4
  const second = (5 * z5 + 16 * z3 + 3 * z) / 96
  const third = (3 * z7 + 19 * z5 + 17 * z3 - 15 * z) / 384
  return z + first / freedom + second / freedom ** 2 + third / freedom ** 3
}

function waiting(says: string): StimulusAnswer {
  return { state: 'waiting', says, change: null }
}

function meanOf(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0) / values.length
}

function medianOf(values: readonly number[]): number {
  const sorted = values.toSorted((a, b) => a - b)
  const middle = Math.floor(sorted.length / 2)
  return sorted.length % 2 === 1 ? (sorted[middle] ?? 0) : ((sorted[middle - 1] ?? 0) + (sorted[middle] ?? 0)) / 2
}

function short(value: number): string {
  return String(Number(value.toPrecision(3)))
}
