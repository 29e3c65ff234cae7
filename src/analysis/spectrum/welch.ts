import { AnalysisFault } from '../analysis-fault.js'
import type { Samples } from '../samples.js'
import { removeMean } from './detrend.js'
import { planRealTransform } from './real-spectrum.js'
import { type WindowName, windowOf } from './window.js'

export interface WelchOptions {
  readonly sampleRateHz: number
  readonly segmentLength: number
  /** Samples that neighbouring segments share; half a segment unless said. */
  readonly overlap?: number
  readonly window?: WindowName
}

export interface PowerDensity {
  /** Shape (⌊m/2⌋+1,), Hz. */
  readonly frequencyHz: Float64Array
  /** Same shape, u²/Hz. */
  readonly density: Float64Array
}

/**
 * One-sided power spectral density by Welch's method; the mean of each segment is removed.
 *
 * S[k] = 2/(fs·Σw²) · mean over segments |FFT(w·x)[k]|²   (without the 2 at k = 0 and at Nyquist)
 *
 * @param samples        shape (n,), unit u, evenly spaced, finite.
 * @param options.sampleRateHz   fs > 0.
 * @param options.segmentLength  2 ≤ m ≤ n; longer sharpens frequency (fs/m Hz) and roughens the estimate.
 * @returns frequencyHz shape (⌊m/2⌋+1,) in Hz; density same shape, u²/Hz.
 * @throws AnalysisFault `too-few-samples` when n < m.
 * @see [Welch1967]; numbers checked against scipy.signal.welch.
 */
export function welchDensity(samples: Samples, options: WelchOptions): PowerDensity {
  const { sampleRateHz, segmentLength: length, overlap = Math.floor(length / 2), window = 'hann' } = options
  if (samples.length < length || length < 2) {
    throw new AnalysisFault('too-few-samples', `${samples.length} samples are fewer than one segment of ${length}`)
  }
  const weights = windowOf(window, length)
  const plan = planRealTransform(length)
  const bins = Math.floor(length / 2) + 1
  const density = new Float64Array(bins)
  let segments = 0
  for (let start = 0; start + length <= samples.length; start += length - overlap) {
    const segment = removeMean(samples.subarray(start, start + length))
    for (let k = 0; k < length; k++) segment[k] = segment[k]! * weights[k]!
    const { re, im } = plan.of(segment)
    for (let k = 0; k < bins; k++) density[k] = density[k]! + re[k]! * re[k]! + im[k]! * im[k]!
    segments++
  }
  let power = 0
  for (const weight of weights) power += weight * weight
  for (let k = 0; k < bins; k++) {
    const isMirrored = k > 0 && 2 * k !== length
    density[k] = (density[k]! * (isMirrored ? 2 : 1)) / (segments * sampleRateHz * power)
  }
  return { frequencyHz: Float64Array.from(density, (_, k) => (k * sampleRateHz) / length), density }
}
