import type { Samples } from '../samples.js'
import { removeMean } from './detrend.js'
import { realSpectrum } from './real-spectrum.js'
import { type WindowChoice, windowOf } from './window.js'

export interface AmplitudeSpectrum {
  /** Shape (⌊n/2⌋+1,), Hz. */
  readonly frequencyHz: Float64Array
  /** Same shape: the peak amplitude a sine would need to give this line, unit of the samples. */
  readonly amplitude: Float64Array
}

/**
 * Single-sided amplitude spectrum of the whole record, mean removed, corrected for the window's coherent gain.
 *
 * A[k] = 2·|FFT(w·x)[k]| / Σw   (without the 2 at k = 0 and at Nyquist)
 *
 * @param samples shape (n,), unit u, n ≥ 2.
 * @param options.window hann unless said; flattop reads the amplitude of a line between bins within 0.01 dB.
 * @see [Harris1978]
 */
export function amplitudeSpectrum(
  samples: Samples,
  options: { readonly sampleRateHz: number; readonly window?: WindowChoice },
): AmplitudeSpectrum {
  const length = samples.length
  const weights = windowOf(options.window ?? 'hann', length)
  const weighted = removeMean(samples)
  let gain = 0
  for (let k = 0; k < length; k++) {
    weighted[k] = weighted[k]! * weights[k]!
    gain += weights[k]!
  }
  const { re, im } = realSpectrum(weighted)
  const amplitude = re.map((part, k) => (Math.hypot(part, im[k]!) * (k === 0 || 2 * k === length ? 1 : 2)) / gain)
  return { frequencyHz: amplitude.map((_, k) => (k * options.sampleRateHz) / length), amplitude }
}
