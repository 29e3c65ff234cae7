import type { Samples } from '../samples.js'
import { removeMean } from './detrend.js'
import { realSpectrum } from './real-spectrum.js'
import { windowOf } from './window.js'

/**
 * |FFT|² of the whole record under a Hann window, scaled so that the lines of a sine add up to its mean square.
 *
 * @param samples shape (n,), unit u.
 * @returns power shape (⌊n/2⌋+1,), u²; total: their sum.
 */
export function powerLines(
  samples: Samples,
  sampleRateHz: number,
): { readonly power: Float64Array; readonly frequencyStepHz: number; readonly total: number } {
  const size = samples.length
  const weights = windowOf('hann', size)
  const weighted = removeMean(samples)
  let energy = 0
  for (let k = 0; k < size; k++) {
    weighted[k] = weighted[k]! * weights[k]!
    energy += weights[k]! * weights[k]!
  }
  const { re, im } = realSpectrum(weighted)
  let total = 0
  for (let k = 0; k < re.length; k++) {
    const sides = k > 0 && 2 * k !== size ? 2 : 1
    re[k] = (sides * (re[k]! * re[k]! + im[k]! * im[k]!)) / (size * energy)
    total += re[k]!
  }
  return { power: re, frequencyStepHz: sampleRateHz / size, total }
}
