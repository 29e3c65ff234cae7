import type { Samples } from '../samples.js'

/** Two alike may be chance of a signal that repeats exactly; three at the very limit and nowhere else are not. */
const LEAST_CROWD = 3
/** Fewer levels than that beside the limit are a coarse converter or a digital signal, whose levels are crowded by nature. */
const LEAST_LEVELS = 8
/** So many samples below the limit show how densely the signal comes near it, and so many how it repeats itself. */
const LEAST_NEAR = 20
const LEAST_AROUND = 500
/** Of the stretch next to the limit: neighbours that scatter less were foretold by the sample itself. */
const LEAST_SCATTER = 0.25
const LEAST_EVIDENCE = Math.log(1e-6)

/**
 * Whether more samples lie exactly on the extreme than the levels beneath it lead to expect, wherever in the record they are. Two things lead to
 * equal extremes without clipping: steps so wide that the levels beneath are shared as well, and a crest that comes again and again, as a sine's
 * does, which shows in that the sample tells what its neighbours are.
 *
 * @param samples shape (n,), finite.
 * @param at the extreme: its value, and how many samples lie on it.
 */
export function isCrowdedLimit(samples: Samples, { limit, samples: crowd }: { readonly limit: number; readonly samples: number }): boolean {
  const near = Math.max(LEAST_NEAR, 3 * crowd)
  const around = Math.max(LEAST_AROUND, near)
  if (crowd < LEAST_CROWD || 2 * around + crowd > samples.length) return false
  const below = distancesBelow(samples, limit).subarray(crowd, crowd + around)
  const nearWidth = below[near - 1]!
  const expected = (near * levelWidth(below)) / nearWidth
  // A density that falls towards its end puts no more on the last level than on the average one near it; one of them is there as it made the limit.
  return logTail(crowd - 1, expected) < LEAST_EVIDENCE && scatterOfNeighbours(samples, limit) > LEAST_SCATTER * nearWidth
}

/** Sorted, the limit itself first. */
function distancesBelow(samples: Samples, limit: number): Float64Array {
  const distances = new Float64Array(samples.length)
  for (let k = 0; k < samples.length; k++) distances[k] = Math.abs(limit - samples[k]!)
  return distances.sort()
}

/** How far apart the values are that samples can take: the least gap, or by how often two share a value where levels are fewer than gaps say. */
function levelWidth(sorted: Float64Array): number {
  let [shared, levels, gap, alike] = [0, 1, sorted[0]!, 0]
  for (let k = 1; k < sorted.length; k++) {
    const step = sorted[k]! - sorted[k - 1]!
    alike = step === 0 ? alike + 1 : 0
    shared += alike
    if (step === 0) continue
    levels++
    if (step < gap) gap = step
  }
  if (levels < LEAST_LEVELS) return Number.POSITIVE_INFINITY
  // As with birthdays: m samples on J levels make m²/2J pairs. Four times as many where they crowd at the far end of the stretch.
  const atLeast = sorted.length ** 2 / (2 * (shared + 1))
  return Math.max(gap, sorted.at(-1)! / (4 * atLeast))
}

/** Standard deviation of the sum of the samples before and after one at the limit: next to none for a sine, as x[k−1] + x[k+1] = 2·cos ω·x[k]. */
function scatterOfNeighbours(samples: Samples, limit: number): number {
  let [count, mean, squares] = [0, 0, 0]
  for (let k = 1; k + 1 < samples.length; k++) {
    if (samples[k] !== limit) continue
    const sum = samples[k - 1]! + samples[k + 1]!
    count++
    const away = sum - mean
    mean += away / count
    squares += away * (sum - mean)
  }
  return count < 2 ? 0 : Math.sqrt(squares / (count - 1))
}

/** ln of Chernoff's bound of the Poisson tail P(X ≥ hits). */
function logTail(hits: number, expected: number): number {
  return hits <= expected ? 0 : hits - expected + hits * Math.log(expected / hits)
}
