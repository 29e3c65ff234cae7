import { normalQuantileOf } from '../analysis/statistics/normal.js'

/** Readings on each side of a change. */
export const SIDE = 3

/** How a sensor changes while nobody touches it. In its unit. */
export interface Stillness {
  /** Median change of neighbouring means: what a drift adds. */
  readonly middle: number
  /** 1.4826 · MAD of the changes. */
  readonly spread: number
  /** The largest change, from the median. */
  readonly record: number
  readonly freedom: number
}

/** d[i] = mean(x[i … i+2]) − mean(x[i−3 … i−1]) for i = 3 … n−3. @param values  shape (n,). @returns shape (n−5,). */
export function changesIn(values: readonly number[]): readonly number[] {
  const changes: number[] = []
  for (let i = SIDE; i + SIDE <= values.length; i++) changes.push(meanOf(values.slice(i, i + SIDE)) - meanOf(values.slice(i - SIDE, i)))
  return changes
}

/** @param quiet  shape (n,), n ≥ 6, finite, not all the same. */
export function stillnessOf(quiet: readonly number[]): Stillness {
  const changes = changesIn(quiet)
  const middle = medianOf(changes)
  const distances = changes.map((change) => Math.abs(change - middle))
  const freedom = Math.max(3, Math.floor((0.37 * changes.length) / SIDE))
  return { middle, spread: 1.4826 * medianOf(distances), record: Math.max(...distances), freedom }
}

/** How far from the median a change must be that comes by itself with this chance only, and that the quiet record does not have. */
export function thresholdAt({ spread, record, freedom }: Stillness, chance: number): number {
  return Math.max(studentQuantile(chance, freedom) * spread, record)
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

function meanOf(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0) / values.length
}

export function medianOf(values: readonly number[]): number {
  const sorted = values.toSorted((a, b) => a - b)
  const middle = Math.floor(sorted.length / 2)
  return sorted.length % 2 === 1 ? (sorted[middle] ?? 0) : ((sorted[middle - 1] ?? 0) + (sorted[middle] ?? 0)) / 2
}
