import { AnalysisFault } from '../analysis-fault.js'
import type { Samples } from '../samples.js'
import type { FourierPlan } from './fourier-plan.js'
import { Segments } from './segments.js'
import { planTransform } from './transform.js'
import { densityScale, weighSegment } from './weighted-segment.js'
import type { WelchOptions } from './welch-average.js'
import { windowOf } from './window.js'

export interface ComplexLines {
  readonly re: Float64Array
  readonly im: Float64Array
}

/** All arrays of shape (⌊m/2⌋+1,); line k lies at k·frequencyStepHz. Input x in u, output y in v. */
export interface CrossSpectraResult {
  readonly frequencyStepHz: number
  readonly segments: number
  /** u²/Hz and v²/Hz. */
  readonly inputPsd: Float64Array
  readonly outputPsd: Float64Array
  /** conj(X)·Y, u·v/Hz, as scipy.signal.csd. */
  readonly cross: ComplexLines
  /** |Sxy|²/(Sxx·Syy), 0 … 1: how much of y is x through a linear system. 1 for a single segment, whatever it is; NaN where either has no power. */
  readonly coherence: Float64Array
  /** Sxy/Sxx, v/u: right where the noise is in the output. */
  readonly h1: ComplexLines
  /** Syy/Syx, v/u: right where the noise is in the input. */
  readonly h2: ComplexLines
}

/**
 * Cross-spectrum, coherence and transfer function of two channels, by Welch's method over a stream. Both go through one complex transform.
 *
 * @param options as of `WelchAverage`; ten segments and more make coherence mean something.
 * @throws AnalysisFault `out-of-range`; from push `not-finite`, and `out-of-range` for blocks of two lengths; from result `too-few-samples`.
 * @see [Welch1967], [Bendat2010]; numbers checked against scipy.signal.csd and coherence.
 */
export class CrossSpectra {
  readonly #sampleRateHz: number
  readonly #hop: number
  readonly #input: Segments
  readonly #output: Segments
  readonly #weights: Float64Array
  readonly #plan: FourierPlan
  readonly #x: Float64Array
  readonly #y: Float64Array
  readonly #sums: { readonly xx: Float64Array; readonly yy: Float64Array; readonly re: Float64Array; readonly im: Float64Array }
  #count = 0

  constructor({ sampleRateHz, segmentLength, overlap = Math.floor(segmentLength / 2), window = 'hann' }: WelchOptions) {
    if (!(sampleRateHz > 0)) throw new AnalysisFault('out-of-range', `a sample rate of ${sampleRateHz} Hz is none`)
    this.#sampleRateHz = sampleRateHz
    this.#hop = segmentLength - overlap
    this.#input = new Segments({ segmentLength, overlap })
    this.#output = new Segments({ segmentLength, overlap })
    this.#weights = windowOf(window, segmentLength)
    this.#plan = planTransform(segmentLength)
    this.#x = new Float64Array(segmentLength)
    this.#y = new Float64Array(segmentLength)
    const lines = () => new Float64Array(Math.floor(segmentLength / 2) + 1)
    this.#sums = { xx: lines(), yy: lines(), re: lines(), im: lines() }
  }

  /** @param input, output: shape (n,) each, any n, sampled at the same instants. */
  push(input: Samples, output: Samples): void {
    if (input.length !== output.length) {
      throw new AnalysisFault('out-of-range', `${input.length} samples of one channel do not belong to ${output.length} of the other`)
    }
    // No more than a hop at a time: then each push completes one segment at most, and x waits for its y.
    for (let from = 0; from < input.length; from += this.#hop) {
      this.#input.push(input.subarray(from, from + this.#hop), this.#takeInput)
      this.#output.push(output.subarray(from, from + this.#hop), this.#takeOutput)
    }
  }

  interrupt(): void {
    this.#input.interrupt()
    this.#output.interrupt()
  }

  result(): CrossSpectraResult {
    const { length } = this.#weights
    if (this.#count === 0) throw new AnalysisFault('too-few-samples', `there is not yet one whole segment of ${length} samples`)
    const scale = densityScale(this.#weights, this.#sampleRateHz) / this.#count
    const scaled = (sums: Float64Array) => sums.map((sum, k) => sum * scale * (k > 0 && 2 * k !== length ? 2 : 1))
    const { xx, yy, re, im } = this.#sums
    const overCross = yy.map((power, k) => power / (re[k]! * re[k]! + im[k]! * im[k]!))
    return {
      frequencyStepHz: this.#sampleRateHz / length,
      segments: this.#count,
      inputPsd: scaled(xx),
      outputPsd: scaled(yy),
      cross: { re: scaled(re), im: scaled(im) },
      coherence: re.map((part, k) => (part * part + im[k]! * im[k]!) / (xx[k]! * yy[k]!)),
      h1: { re: re.map((part, k) => part / xx[k]!), im: im.map((part, k) => part / xx[k]!) },
      h2: { re: re.map((part, k) => part * overCross[k]!), im: im.map((part, k) => part * overCross[k]!) },
    }
  }

  readonly #takeInput = (buffer: Float64Array, from: number): void => {
    weighSegment({ buffer, from, weights: this.#weights, into: this.#x })
  }

  readonly #takeOutput = (buffer: Float64Array, from: number): void => {
    weighSegment({ buffer, from, weights: this.#weights, into: this.#y })
    const [x, y] = [this.#x, this.#y]
    this.#plan.forward(x, y)
    const { xx, yy, re, im } = this.#sums
    const size = x.length
    for (let k = 0; k < xx.length; k++) {
      const mirrored = k === 0 ? 0 : size - k
      const xRe = (x[k]! + x[mirrored]!) / 2
      const xIm = (y[k]! - y[mirrored]!) / 2
      const yRe = (y[k]! + y[mirrored]!) / 2
      const yIm = (x[mirrored]! - x[k]!) / 2
      xx[k] = xx[k]! + xRe * xRe + xIm * xIm
      yy[k] = yy[k]! + yRe * yRe + yIm * yIm
      re[k] = re[k]! + xRe * yRe + xIm * yIm
      im[k] = im[k]! + xRe * yIm - xIm * yRe
    }
    this.#count++
  }
}
