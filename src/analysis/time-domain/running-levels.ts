import { AnalysisFault } from '../analysis-fault.js'
import type { Samples } from '../samples.js'

/** What the shape of a waveform says before any spectrum. All about the mean. */
export interface WaveformLevels {
  readonly count: number
  /** Unit u of the samples. */
  readonly mean: number
  /** √(mean (x − mean)²), unit u; 0 where nothing but rounding moves. */
  readonly rms: number
  /** max |x − mean|, unit u. */
  readonly peak: number
  /** max x − min x, unit u. */
  readonly peakToPeak: number
  /** peak / rms; null for a constant signal. */
  readonly crestFactor: number | null
  /** m3 / m2^1.5, biased, as scipy.stats.skew; null for a constant signal. */
  readonly skewness: number | null
  /** m4 / m2², biased and not reduced by 3 (a Gaussian gives 3), as scipy.stats.kurtosis(fisher=False); null for a constant signal. */
  readonly kurtosis: number | null
}

/** Long enough that merging costs nothing, short enough that a block is read twice from the cache. */
const BLOCK = 4096

/**
 * Mean, RMS, peak, crest factor, skewness and kurtosis of a stream: sums of powers about the mean, block by block, put together by the
 * pairwise update formulas. Two of them, from two blocks or two threads, merge into what one would have given.
 *
 * @throws AnalysisFault from push `not-finite`; from levels `too-few-samples` below two samples, `out-of-range` where fourth powers overflow.
 * @see [Pebay2008]; numbers checked against numpy and scipy.stats.
 */
export class RunningLevels {
  #count = 0
  #mean = 0
  #second = 0
  #third = 0
  #fourth = 0
  #least = Number.POSITIVE_INFINITY
  #most = Number.NEGATIVE_INFINITY

  /** @param samples shape (n,), any n, unit u, finite. */
  push(samples: Samples): void {
    for (let from = 0; from < samples.length; from += BLOCK) this.#pushBlock(samples, from, Math.min(from + BLOCK, samples.length))
  }

  /** Takes in what another has seen; the other stays as it is. */
  merge(other: RunningLevels): void {
    this.#least = Math.min(this.#least, other.#least)
    this.#most = Math.max(this.#most, other.#most)
    this.#add({ count: other.#count, mean: other.#mean, second: other.#second, third: other.#third, fourth: other.#fourth })
  }

  /** What has come so far; more may be pushed afterwards. */
  levels(): WaveformLevels {
    const count = this.#count
    if (count < 2) throw new AnalysisFault('too-few-samples', `${count} samples say nothing about a waveform`)
    if (!Number.isFinite(this.#fourth)) {
      throw new AnalysisFault('out-of-range', `values from ${this.#least} to ${this.#most} are too large to be worked with`)
    }
    const mean = this.#mean
    const variance = this.#second / count
    const peak = Math.max(this.#most - mean, mean - this.#least)
    const isConstant = peak <= 1e-12 * Math.abs(mean) || variance === 0
    return {
      count,
      mean,
      rms: isConstant ? 0 : Math.sqrt(variance),
      peak,
      peakToPeak: this.#most - this.#least,
      crestFactor: isConstant ? null : peak / Math.sqrt(variance),
      skewness: isConstant ? null : this.#third / count / variance ** 1.5,
      kurtosis: isConstant ? null : this.#fourth / count / (variance * variance),
    }
  }

  #pushBlock(samples: Samples, from: number, end: number): void {
    let sum = 0
    let least = this.#least
    let most = this.#most
    for (let k = from; k < end; k++) {
      const x = samples[k]!
      sum += x
      if (x < least) least = x
      if (x > most) most = x
    }
    if (!Number.isFinite(sum)) throw this.#unusable(samples, from)
    const mean = sum / (end - from)
    let second = 0
    let third = 0
    let fourth = 0
    for (let k = from; k < end; k++) {
      const deviation = samples[k]! - mean
      const square = deviation * deviation
      second += square
      third += square * deviation
      fourth += square * square
    }
    this.#least = least
    this.#most = most
    this.#add({ count: end - from, mean, second, third, fourth })
  }

  /** Why a block has no finite sum. */
  #unusable(samples: Samples, from: number): AnalysisFault {
    for (let k = from; k < samples.length; k++) {
      const value = samples[k]!
      if (!Number.isFinite(value))
        return new AnalysisFault('not-finite', `sample ${this.#count + k - from + 1} of the waveform is ${value}`)
    }
    return new AnalysisFault('out-of-range', 'the values of the waveform are too large to be worked with')
  }

  #add(other: {
    readonly count: number
    readonly mean: number
    readonly second: number
    readonly third: number
    readonly fourth: number
  }): void {
    if (other.count === 0) return
    const before = this.#count
    const count = before + other.count
    const gap = other.mean - this.#mean
    const [p, q] = [before / count, other.count / count]
    const square = gap * gap
    const second = this.#second + other.second + square * before * q
    const third = this.#third + other.third + gap * (square * before * q * (p - q) + 3 * (p * other.second - q * this.#second))
    const fourth =
      this.#fourth +
      other.fourth +
      square * (square * before * q * (p * p - p * q + q * q) + 6 * (p * p * other.second + q * q * this.#second)) +
      4 * gap * (p * other.third - q * this.#third)
    this.#count = count
    this.#mean += gap * q
    this.#second = second
    this.#third = third
    this.#fourth = fourth
  }
}
