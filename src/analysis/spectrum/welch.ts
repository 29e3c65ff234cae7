import { AnalysisFault } from '../analysis-fault.js'
import type { Samples } from '../samples.js'
import { WelchAverage, type WelchOptions } from './welch-average.js'

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
  if (samples.length < options.segmentLength) {
    throw new AnalysisFault('too-few-samples', `${samples.length} samples are fewer than one segment of ${options.segmentLength}`)
  }
  const average = new WelchAverage(options)
  average.push(samples)
  const { frequencyStepHz, psd } = average.result()
  return { frequencyHz: psd.map((_, k) => k * frequencyStepHz), density: psd }
}
