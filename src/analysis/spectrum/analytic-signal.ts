import type { Samples } from '../samples.js'
import { planRealTransform } from './real-spectrum.js'
import { inverse, planTransform } from './transform.js'

/**
 * The analytic signal x + i·H(x): its modulus is the envelope, its angle the instantaneous phase.
 *
 * Z = IFFT(X·u),  u = 1 at 0 and Nyquist, 2 at positive frequencies, 0 at negative ones
 *
 * @param samples shape (n,), any n ≥ 1.
 * @returns re (the samples) and im (their Hilbert transform), shape (n,), same unit.
 * @see [Marple1999]; numbers checked against scipy.signal.hilbert.
 */
export function analyticSignal(samples: Samples): { readonly re: Float64Array; readonly im: Float64Array } {
  const size = samples.length
  const half = planRealTransform(size).of(samples)
  const re = new Float64Array(size)
  const im = new Float64Array(size)
  for (let k = 0; 2 * k <= size; k++) {
    const weight = k > 0 && 2 * k < size ? 2 : 1
    re[k] = half.re[k]! * weight
    im[k] = half.im[k]! * weight
  }
  inverse(planTransform(size), re, im)
  return { re, im }
}

/** |analytic signal|, shape (n,), same unit. */
export function envelopeOf(samples: Samples): Float64Array {
  const { re, im } = analyticSignal(samples)
  for (let k = 0; k < re.length; k++) re[k] = Math.sqrt(re[k]! * re[k]! + im[k]! * im[k]!)
  return re
}
