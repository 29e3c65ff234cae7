import { countInversions } from './merge-inversions.js'

/** Times, strictly increasing, and values, both shape (n,). */
export interface Series {
  readonly timeS: Float64Array
  readonly value: Float64Array
}

const EXACT_UP_TO = 2000
const BISECTIONS = 80

/**
 * Slopes of given rank among all n(n−1)/2 slopes between two points, without keeping them all.
 *
 * Up to 2,000 points every slope is computed and selected by sorting. Above, a slope θ is bisected: the number of pairs steeper than θ equals the
 * number of ordered pairs of x − θ·t, which a merge sort counts in O(n log n). 80 halvings leave an error of 2^−80 of the first range,
 * below the last digit of the answer; nothing is sampled.
 *
 * @param ranks 0-based, ascending order of slopes.
 * @returns one slope per rank, unit per second.
 * @see [Cole1989] for the counting, [Sen1968] for what the ranks mean.
 */
export function slopesOfRank(series: Series, ranks: readonly number[]): number[] {
  if (series.timeS.length > EXACT_UP_TO) return ranks.map((rank) => bisectSlope(series, rank))
  const slopes = allSlopes(series).sort()
  return ranks.map((rank) => slopes[Math.max(0, Math.min(slopes.length - 1, rank))]!)
}

export function allSlopes({ timeS, value }: Series): Float64Array {
  const count = timeS.length
  const slopes = new Float64Array((count * (count - 1)) / 2)
  let at = 0
  for (let i = 0; i < count; i++) {
    for (let j = i + 1; j < count; j++) slopes[at++] = (value[j]! - value[i]!) / (timeS[j]! - timeS[i]!)
  }
  return slopes
}

/** Pairs whose slope is below θ: i < j with x_j − θ·t_j < x_i − θ·t_i. */
export function countSlopesBelow({ timeS, value }: Series, slope: number): number {
  return countInversions(value.map((x, k) => x - slope * timeS[k]!))
}

function bisectSlope(series: Series, rank: number): number {
  const { timeS, value } = series
  let steepest = 0
  for (let k = 1; k < timeS.length; k++) steepest = Math.max(steepest, Math.abs((value[k]! - value[k - 1]!) / (timeS[k]! - timeS[k - 1]!)))
  // No slope between two points is steeper than the steepest between neighbours.
  let low = -steepest
  let high = steepest
  for (let k = 0; k < BISECTIONS && low < high; k++) {
    const middle = (low + high) / 2
    if (middle === low || middle === high) break
    if (countSlopesBelow(series, middle) > rank) high = middle
    else low = middle
  }
  return (low + high) / 2
}
