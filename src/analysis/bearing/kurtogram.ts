import { AnalysisFault } from '../analysis-fault.js'
import type { Samples } from '../samples.js'
import { removeMean } from '../spectrum/detrend.js'
import { type Band, planBandSplits, TRANSIENT } from './split-bands.js'

/** One cell of the kurtogram: a band and how impulsive the envelope in it is. */
export interface KurtogramCell {
  /** Depth k of the split: 2^k bands of fs/2^(k+1); halves (k + 0.585) are the three-way splits between. */
  readonly level: number
  readonly centreHz: number
  readonly widthHz: number
  /** Kurtosis of the complex envelope minus 2 (minus 3 at level 0, where the signal is real): 0 for Gaussian noise. Negative values are set to 0. */
  readonly kurtosis: number
}

/** All bands of one width. */
export interface KurtogramLevel {
  readonly level: number
  readonly bandwidthHz: number
  /** From 0 Hz up; band k is centred at (k + ½)·bandwidthHz. */
  readonly kurtosis: readonly number[]
}

export interface Kurtogram {
  /** Coarse to fine: 0, 1, log2 3, 2, log2 6, 3, … as in the reference program's picture. */
  readonly levels: readonly KurtogramLevel[]
  readonly max: KurtogramCell
}

/** Deeper the bands say nothing that a record of usual length could hold. */
const MAX_KURTOGRAM_LEVELS = 12
/** Fewer samples than this in the finest band are no basis for a fourth moment. */
const LEAST_SAMPLES_A_BAND = 16

/** The deepest level that a record of `count` samples supports. */
export function deepestLevel(count: number): number {
  return Math.min(MAX_KURTOGRAM_LEVELS, Math.floor(Math.log2(count / LEAST_SAMPLES_A_BAND)) - 1)
}

/**
 * The fast kurtogram: kurtosis of the signal in a tree of bands, split in two and in three, by FIR quasi-analytic filters.
 *
 * K = ⟨|c|⁴⟩/⟨|c|²⟩² − 2 of a band's complex envelope c about its mean (−3 for the whole, real signal)
 *
 * @param samples shape (n,), n ≥ 2^(levels+5), any unit.
 * @param options.levels depth 2 … 12; the finest bands are fs/2^(levels+1) wide. Deeper finds narrower resonances and needs longer records.
 * @param options.leastWidthHz narrower bands are left out; none unless said.
 * @returns every band by level, and the one with the highest kurtosis.
 * @throws AnalysisFault `too-few-samples`, `out-of-range`, `not-finite`, `constant`.
 * @see [Antoni2007]; the grid of the reference signal in the tests comes from that author's program.
 */
export function fastKurtogram(
  samples: Samples,
  options: { readonly sampleRateHz: number; readonly levels: number; readonly leastWidthHz?: number },
): Kurtogram {
  const { sampleRateHz, levels, leastWidthHz = 0 } = options
  if (!Number.isInteger(levels) || levels < 2 || levels > MAX_KURTOGRAM_LEVELS) {
    throw new AnalysisFault('out-of-range', `a kurtogram has between 2 and ${MAX_KURTOGRAM_LEVELS} levels, not ${levels}`)
  }
  if (levels > deepestLevel(samples.length)) {
    const needed = LEAST_SAMPLES_A_BAND * 2 ** (levels + 1)
    throw new AnalysisFault('too-few-samples', `${samples.length} samples do not support ${levels} levels, which need ${needed}`)
  }
  refuseWithoutVariation(samples)
  const rows = new Map<number, number[]>()
  const put = (level: number, index: number, kurtosis: number) => {
    const row = rows.get(level) ?? []
    rows.set(level, row)
    row[index] = Math.max(0, kurtosis)
  }
  const { values, whole, halvesOf, thirdsOf } = planBandSplits(samples.length)
  const isWide = (level: number) => sampleRateHz / 2 ** (level + 1) >= leastWidthHz
  const split = (parent: Band, level: number, index: number) => {
    if ((level === 0 || level <= levels - 2) && isWide(level + LOG2_OF_3)) {
      for (const [third, child] of thirdsOf(parent).entries())
        put(level + LOG2_OF_3, 3 * index + third, kurtosisOf(values, child, THIRDS_TRANSIENT))
    }
    if (!isWide(level + 1)) return
    const [low, high] = halvesOf(parent)
    put(level + 1, 2 * index, kurtosisOf(values, low, TRANSIENT.low))
    put(level + 1, 2 * index + 1, kurtosisOf(values, high, TRANSIENT.high))
    if (level + 1 === levels) return
    split(low, level + 1, 2 * index)
    split(high, level + 1, 2 * index + 1)
  }
  const all = whole(removeMean(samples))
  put(0, 0, kurtosisOf(values, all, 0) - 1)
  split(all, 0, 0)
  return gridOf(rows, sampleRateHz)
}

function refuseWithoutVariation(samples: Samples): void {
  let [least, most] = [Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY]
  for (let k = 0; k < samples.length; k++) {
    const value = samples[k]!
    if (!Number.isFinite(value)) throw new AnalysisFault('not-finite', `sample ${k + 1} of the record is ${value}`)
    least = Math.min(least, value)
    most = Math.max(most, value)
  }
  if (least === most) throw new AnalysisFault('constant', `a signal that stays at ${least} has no kurtogram`)
}

const LOG2_OF_3 = Math.log2(3)
/** Samples at the start of a three-way band that its filter has not yet filled: the reference takes the number of the two-way ones. */
const THIRDS_TRANSIENT = 16

function gridOf(rows: ReadonlyMap<number, readonly number[]>, sampleRateHz: number): Kurtogram {
  const levels = [...rows]
    .sort(([a], [b]) => a - b)
    .map(([level, kurtosis]): KurtogramLevel => ({ level, bandwidthHz: sampleRateHz / (2 * kurtosis.length), kurtosis }))
  return { levels, max: strongestCell(levels) }
}

/** The most impulsive band of these levels, the widest where several are alike. @param levels at least one. */
export function strongestCell(levels: readonly KurtogramLevel[]): KurtogramCell {
  return levels.flatMap(cellsOf).reduce((best, cell) => (cell.kurtosis > best.kurtosis ? cell : best))
}

/** The bands of one level as cells. */
export function cellsOf({ level, bandwidthHz, kurtosis }: KurtogramLevel): KurtogramCell[] {
  return kurtosis.map((value, index) => ({ level, centreHz: (index + 0.5) * bandwidthHz, widthHz: bandwidthHz, kurtosis: value }))
}

/** ⟨|c|⁴⟩/⟨|c|²⟩² − 2 about the mean, from sample `skip` on; 0 where there is nothing. */
function kurtosisOf(values: Float64Array, { first, length }: Band, skip: number): number {
  const count = length - skip
  if (count < 8) return 0
  const start = first + 2 * skip
  const end = first + 2 * length
  let sumRe = 0
  let sumIm = 0
  for (let at = start; at < end; at += 2) {
    sumRe += values[at]!
    sumIm += values[at + 1]!
  }
  const meanRe = sumRe / count
  const meanIm = sumIm / count
  let second = 0
  let fourth = 0
  for (let at = start; at < end; at += 2) {
    const re = values[at]! - meanRe
    const im = values[at + 1]! - meanIm
    const square = re * re + im * im
    second += square
    fourth += square * square
  }
  return second > 0 ? (fourth * count) / (second * second) - 2 : 0
}
