import type { Samples } from '../samples.js'
import { removeMean } from '../spectrum/detrend.js'
import { decimate, octaveBank, thirdsBank } from './kurtogram-filters.js'

/** One cell of the kurtogram: a band and how impulsive the envelope in it is. */
export interface KurtogramCell {
  /** Depth k of the split: 2^k bands of fs/2^(k+1); halves (k + 0.585) are the three-way splits between. */
  readonly level: number
  readonly centreHz: number
  readonly widthHz: number
  /** Kurtosis of the complex envelope minus 2 (minus 3 at level 0, where the signal is real): 0 for Gaussian noise. Negative values are set to 0. */
  readonly kurtosis: number
}

export interface Kurtogram {
  readonly cells: readonly KurtogramCell[]
  readonly max: KurtogramCell
}

interface Channel {
  readonly re: Float64Array
  readonly im: Float64Array
}

/**
 * The fast kurtogram: kurtosis of the signal in a tree of bands, split in two and in three, by FIR quasi-analytic filters.
 *
 * @param samples shape (n,), n ≥ 2^(levels+3).
 * @param options.levels depth; the finest bands are fs/2^(levels+1) wide. Deeper finds narrower resonances and needs longer records.
 * @returns every cell and the one with the highest kurtosis.
 * @see [Antoni2007]; the grid of the reference signal in the tests comes from that author's program.
 */
export function fastKurtogram(samples: Samples, options: { readonly sampleRateHz: number; readonly levels: number }): Kurtogram {
  const { sampleRateHz, levels } = options
  const root: Channel = { re: removeMean(samples), im: new Float64Array(samples.length) }
  const cells: KurtogramCell[] = [cellOf({ level: 0, index: 0, bands: 1, sampleRateHz }, kurtosisOf(root, 0, 3))]
  const thirds = thirdsBank()
  const pushThirds = (parent: Channel, level: number, index: number) => {
    for (const [third, filter] of thirds.entries()) {
      const child = decimate(parent, filter, 3)
      cells.push(
        cellOf(
          { level: level + Math.log2(3), index: 3 * index + third, bands: 3 * 2 ** level, sampleRateHz },
          kurtosisOf(child, TRANSIENT, 2),
        ),
      )
    }
  }
  pushThirds(root, 0, 0)
  const bank = octaveBank()
  const split = (parent: Channel, level: number, index: number) => {
    const low = decimate(parent, bank.low, 2)
    const high = alternateSigns(decimate(parent, bank.high, 2))
    for (const [side, child] of [low, high].entries()) {
      const at = 2 * index + side
      const skip = side === 0 ? bank.low.re.length - 1 : bank.high.re.length - 1
      cells.push(cellOf({ level: level + 1, index: at, bands: 2 ** (level + 1), sampleRateHz }, kurtosisOf(child, skip, 2)))
      if (level + 1 <= levels - 2) pushThirds(child, level + 1, at)
      if (level + 1 < levels) split(child, level + 1, at)
    }
  }
  split(root, 0, 0)
  return { cells, max: cells.reduce((best, cell) => (cell.kurtosis > best.kurtosis ? cell : best)) }
}

/** Samples at the start of a filtered channel that the filter has not yet filled; the same number for all three-way splits, as in the reference. */
const TRANSIENT = 16

function cellOf(
  {
    level,
    index,
    bands,
    sampleRateHz,
  }: { readonly level: number; readonly index: number; readonly bands: number; readonly sampleRateHz: number },
  kurtosis: number,
): KurtogramCell {
  const widthHz = sampleRateHz / (2 * bands)
  return { level, centreHz: (index + 0.5) * widthHz, widthHz, kurtosis: Math.max(0, kurtosis) }
}

/** The high band comes out with its spectrum reversed; multiplying by (−1)^n turns it round. */
function alternateSigns(channel: Channel): Channel {
  for (let k = 0; k < channel.re.length; k += 2) {
    channel.re[k] = -channel.re[k]!
    channel.im[k] = -channel.im[k]!
  }
  return channel
}

function kurtosisOf({ re, im }: Channel, skip: number, gaussian: 2 | 3): number {
  const count = re.length - skip
  if (count < 8) return 0
  let sumRe = 0
  let sumIm = 0
  for (let k = skip; k < re.length; k++) {
    sumRe += re[k]!
    sumIm += im[k]!
  }
  let second = 0
  let fourth = 0
  for (let k = skip; k < re.length; k++) {
    const square = (re[k]! - sumRe / count) ** 2 + (im[k]! - sumIm / count) ** 2
    second += square
    fourth += square * square
  }
  return second > 0 ? (fourth * count) / (second * second) - gaussian : 0
}
