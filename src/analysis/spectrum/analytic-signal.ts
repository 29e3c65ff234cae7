import type { Samples } from '../samples.js'
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
  const plan = planTransform(size)
  const re = Float64Array.from(samples)
  const im = new Float64Array(size)
  plan.forward(re, im)
  for (let k = 1; k < size; k++) {
    const weight = 2 * k < size ? 2 : 2 * k === size ? 1 : 0
    re[k] = re[k]! * weight
    im[k] = im[k]! * weight
  }
  inverse(plan, re, im)
  return { re, im }
}

/** |analytic signal|, shape (n,), same unit. */
export function envelopeOf(samples: Samples): Float64Array {
  const { re, im } = analyticSignal(samples)
  return re.map((part, k) => Math.hypot(part, im[k]!))
}
