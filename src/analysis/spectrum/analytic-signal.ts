import type { Samples } from '../samples.js'
import { planRealTransform } from './real-spectrum.js'
import { planTransform } from './transform.js'

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
  const plan = planTransform(size)
  // Real and imaginary parts exchanged on the way in and out: the forward transform then runs backwards.
  plan.input.re.fill(0)
  plan.input.im.fill(0)
  for (let k = 0; 2 * k <= size; k++) {
    const weight = (k > 0 && 2 * k < size ? 2 : 1) / size
    plan.input.im[k] = half.re[k]! * weight
    plan.input.re[k] = half.im[k]! * weight
  }
  plan.run()
  return { re: plan.output.im.slice(), im: plan.output.re.slice() }
}

/** |analytic signal|, shape (n,), same unit. */
export function envelopeOf(samples: Samples): Float64Array {
  const { re, im } = analyticSignal(samples)
  for (let k = 0; k < re.length; k++) re[k] = Math.sqrt(re[k]! * re[k]! + im[k]! * im[k]!)
  return re
}
