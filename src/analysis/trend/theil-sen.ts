import { AnalysisFault } from '../analysis-fault.js'
import { medianOf } from '../statistics/median.js'
import { normalQuantileOf, twoSidedNormalTail } from '../statistics/normal.js'
import { countInversions } from './merge-inversions.js'
import { type Series, slopesOfRank } from './slope-rank.js'
import type { Trend } from './trend.js'

const LEAST_COUNT = 4

/**
 * Theil–Sen line with Sen's confidence interval and Mann–Kendall's test: the median of all slopes between two points. Up to 29 % of the
 * readings may be outliers without harm.
 *
 * S = Σ sign(x_j − x_i), Var S = (n(n−1)(2n+5) − Σ t(t−1)(2t+5))/18 over groups of t equal values; z = (S ∓ 1)/√Var;
 * the interval runs between the slopes of rank (N ∓ z_c·√Var)/2, N = n(n−1)/2.
 *
 * @param series.timeS shape (n,), s, strictly increasing; n ≥ 4.
 * @param series.value shape (n,), unit u, finite.
 * @param options.confidence 0.95 unless said.
 * @returns slopes in u/s.
 * @throws AnalysisFault `too-few-samples`, `not-finite`, `out-of-range` where time stands still or goes back.
 * @see [Sen1968], [Gilbert1987] §16; slope checked against scipy.stats.theilslopes, τ against scipy.stats.kendalltau.
 */
export function theilSenTrend(series: Series, options: { readonly confidence?: number } = {}): Trend {
  const { confidence = 0.95 } = options
  const { timeS, value } = series
  const count = value.length
  if (count < LEAST_COUNT) throw new AnalysisFault('too-few-samples', `${count} readings are no trend, at least ${LEAST_COUNT} are needed`)
  for (let k = 0; k < count; k++) {
    if (!Number.isFinite(value[k]) || !Number.isFinite(timeS[k])) throw new AnalysisFault('not-finite', 'a reading is not a finite number')
    if (k > 0 && !(timeS[k]! > timeS[k - 1]!)) throw new AnalysisFault('out-of-range', 'two readings have the same time, or time goes back')
  }
  const pairs = (count * (count - 1)) / 2
  const { tiedPairs, tieTerm } = countTies(value)
  const score = pairs - tiedPairs - 2 * countInversions(value)
  const variance = (count * (count - 1) * (2 * count + 5) - tieTerm) / 18
  const reach = normalQuantileOf(confidence) * Math.sqrt(Math.max(0, variance))
  // scipy's rounding: outwards to whole ranks.
  const upper = Math.min(Math.round((pairs + reach) / 2), pairs - 1)
  const lower = Math.max(Math.round((pairs - reach) / 2) - 1, 0)
  const [low, first, second, high] = slopesOfRank(series, [lower, Math.floor((pairs - 1) / 2), Math.floor(pairs / 2), upper])
  const slopePerS = (first! + second!) / 2
  const z = variance > 0 ? (score - Math.sign(score)) / Math.sqrt(variance) : 0
  return {
    count,
    slopePerS,
    intervalPerS: [low!, high!],
    confidence,
    intercept: medianOf(value.map((x, k) => x - slopePerS * (timeS[k]! - timeS[0]!))),
    pValue: score === 0 ? 1 : twoSidedNormalTail(z),
    tau: tiedPairs === pairs ? 0 : score / Math.sqrt(pairs * (pairs - tiedPairs)),
  }
}

function countTies(value: Float64Array): { readonly tiedPairs: number; readonly tieTerm: number } {
  const sorted = value.slice().sort()
  let tiedPairs = 0
  let tieTerm = 0
  for (let start = 0; start < sorted.length; ) {
    let end = start + 1
    while (end < sorted.length && sorted[end] === sorted[start]) end++
    const size = end - start
    tiedPairs += (size * (size - 1)) / 2
    tieTerm += size * (size - 1) * (2 * size + 5)
    start = end
  }
  return { tiedPairs, tieTerm }
}
