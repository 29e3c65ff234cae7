import { AnalysisFault } from '../analysis-fault.js'
import type { Samples } from '../samples.js'
import type { FourierPlan } from './fourier-plan.js'
import { Segments } from './segments.js'
import { planTransform } from './transform.js'
import { densityScale, weighSegment } from './weighted-segment.js'
import { type WindowChoice, windowOf } from './window.js'

export interface WelchOptions {
  readonly sampleRateHz: number
  readonly segmentLength: number
  /** Samples that neighbouring segments share; half a segment unless said. */
  readonly overlap?: number
  readonly window?: WindowChoice
}

export interface WelchResult {
  /** fs/m: line k lies at k·frequencyStepHz. */
  readonly frequencyStepHz: number
  /** Shape (⌊m/2⌋+1,), u²/Hz. */
  readonly psd: Float64Array
  /** How many segments were averaged. */
  readonly segments: number
}

/**
 * Welch's one-sided power spectral density of a stream: what has been pushed, in blocks of any length, gives the same numbers as one
 * record. The mean of each segment is removed.
 *
 * S[k] = 2/(fs·Σw²) · mean over segments |FFT(w·x)[k]|²   (without the 2 at k = 0 and at Nyquist)
 *
 * Two segments x, y go through one complex transform as z = x + iy, and |X[k]|² + |Y[k]|² = (|Z[k]|² + |Z[m−k]|²)/2, so only |Z|² is kept.
 *
 * @param options.sampleRateHz   fs > 0.
 * @param options.segmentLength  m ≥ 2; longer sharpens frequency (fs/m Hz) and roughens the estimate.
 * @throws AnalysisFault `out-of-range`; from push `not-finite`; from result `too-few-samples` before the first whole segment.
 * @see [Welch1967]; numbers checked against scipy.signal.welch.
 */
export class WelchAverage {
  readonly #sampleRateHz: number
  readonly #segments: Segments
  readonly #weights: Float64Array
  readonly #plan: FourierPlan
  readonly #re: Float64Array
  readonly #im: Float64Array
  readonly #sums: Float64Array
  #count = 0
  #isHalfFull = false

  constructor({ sampleRateHz, segmentLength, overlap, window = 'hann' }: WelchOptions) {
    if (!(sampleRateHz > 0)) throw new AnalysisFault('out-of-range', `a sample rate of ${sampleRateHz} Hz is none`)
    this.#sampleRateHz = sampleRateHz
    this.#segments = new Segments(overlap === undefined ? { segmentLength } : { segmentLength, overlap })
    this.#weights = windowOf(window, segmentLength)
    this.#plan = planTransform(segmentLength)
    this.#re = new Float64Array(segmentLength)
    this.#im = new Float64Array(segmentLength)
    this.#sums = new Float64Array(segmentLength)
  }

  /** @param samples shape (n,), any n, unit u, finite. */
  push(samples: Samples): void {
    this.#segments.push(samples, this.#take)
  }

  /** The record has a gap here: no segment reaches across it. */
  interrupt(): void {
    this.#segments.interrupt()
  }

  /** What has come so far; more may be pushed afterwards. */
  result(): WelchResult {
    const { length } = this.#segments
    if (this.#count === 0) throw new AnalysisFault('too-few-samples', `there is not yet one whole segment of ${length} samples`)
    const sums = this.#isHalfFull ? this.#withLast() : this.#sums
    const scale = densityScale(this.#weights, this.#sampleRateHz) / this.#count
    const psd = new Float64Array(Math.floor(length / 2) + 1)
    for (let k = 0; k < psd.length; k++) {
      const isMirrored = k > 0 && 2 * k !== length
      psd[k] = (isMirrored ? sums[k]! + sums[length - k]! : sums[k]!) * scale
    }
    return { frequencyStepHz: this.#sampleRateHz / length, psd, segments: this.#count }
  }

  readonly #take = (buffer: Float64Array, from: number): void => {
    const part = this.#isHalfFull ? this.#im : this.#re
    weighSegment({ buffer, from, weights: this.#weights, into: part })
    this.#count++
    this.#isHalfFull = !this.#isHalfFull
    if (this.#isHalfFull) return
    this.#plan.forward(this.#re, this.#im)
    addPower(this.#sums, this.#re, this.#im)
  }

  /** The sums and the one segment that still waits for its partner. */
  #withLast(): Float64Array {
    const re = this.#re.slice()
    const im = new Float64Array(re.length)
    this.#plan.forward(re, im)
    const sums = this.#sums.slice()
    addPower(sums, re, im)
    return sums
  }
}

function addPower(sums: Float64Array, re: Float64Array, im: Float64Array): void {
  for (let k = 0; k < sums.length; k++) sums[k] = sums[k]! + re[k]! * re[k]! + im[k]! * im[k]!
}
