import { AnalysisFault } from '../analysis-fault.js'
import type { Samples } from '../samples.js'
import { planRealTransform, type RealTransform } from './real-spectrum.js'
import { Segments } from './segments.js'
import { densityScale, weighSegment } from './weighted-segment.js'
import type { WelchOptions } from './welch-average.js'
import { windowOf } from './window.js'

/**
 * The one-sided power density of every segment of a stream by itself: the lines of a waterfall, the food of averages other than the plain mean.
 *
 * @param options as of `WelchAverage`.
 * @see [Welch1967]; numbers checked against scipy.signal.spectrogram.
 */
export class SegmentDensities {
  /** Shape (⌊m/2⌋+1,): the lines of one density; line k lies at k·frequencyStepHz. */
  readonly lines: number
  readonly frequencyStepHz: number
  /** From the start of one segment to that of the next. */
  readonly hopS: number
  readonly #segments: Segments
  readonly #weights: Float64Array
  readonly #weighted: Float64Array
  readonly #plan: RealTransform
  readonly #scale: number
  readonly #density: Float64Array

  constructor({ sampleRateHz, segmentLength, overlap = Math.floor(segmentLength / 2), window = 'hann' }: WelchOptions) {
    if (!(sampleRateHz > 0)) throw new AnalysisFault('out-of-range', `a sample rate of ${sampleRateHz} Hz is none`)
    this.#segments = new Segments({ segmentLength, overlap })
    this.lines = Math.floor(segmentLength / 2) + 1
    this.frequencyStepHz = sampleRateHz / segmentLength
    this.hopS = (segmentLength - overlap) / sampleRateHz
    this.#weights = windowOf(window, segmentLength)
    this.#weighted = new Float64Array(segmentLength)
    this.#plan = planRealTransform(segmentLength)
    this.#scale = densityScale(this.#weights, sampleRateHz)
    this.#density = new Float64Array(this.lines)
  }

  /**
   * @param samples shape (n,), any n, unit u, finite.
   * @param take    called for every segment that is now complete with its density, u²/Hz; the array is valid during the call.
   */
  push(samples: Samples, take: (density: Float64Array) => void): void {
    const density = this.#density
    this.#segments.push(samples, (buffer, from) => {
      weighSegment({ buffer, from, weights: this.#weights, into: this.#weighted })
      const { re, im } = this.#plan.of(this.#weighted)
      for (let k = 0; k < density.length; k++) {
        const sides = k > 0 && 2 * k !== this.#weights.length ? 2 : 1
        density[k] = sides * this.#scale * (re[k]! * re[k]! + im[k]! * im[k]!)
      }
      take(density)
    })
  }

  interrupt(): void {
    this.#segments.interrupt()
  }
}
