import { AnalysisFault } from '../analysis-fault.js'
import type { Samples } from '../samples.js'
import { inverse, nextSmoothSize, planTransform } from '../spectrum/transform.js'
import { reflectOddly } from './zero-phase-filter.js'

/**
 * Filters with FIR coefficients forwards and backwards, so that nothing is delayed; the magnitude response is squared. Both ends are continued by
 * point reflection over three filter lengths, and each pass starts as if its first sample had stood for ever.
 *
 * @param coefficients shape (m,), e.g. of `designFir`.
 * @param samples      shape (n,), n > 3m.
 * @returns shape (n,), same unit.
 * @throws AnalysisFault `too-few-samples`.
 * @see [Gustafsson1996]; numbers checked against scipy.signal.filtfilt.
 */
export function filterFirZeroPhase(coefficients: Float64Array, samples: Samples): Float64Array {
  const pad = 3 * coefficients.length
  if (samples.length <= pad) {
    throw new AnalysisFault('too-few-samples', `${samples.length} samples are too few to filter, more than ${pad} are needed`)
  }
  const extended = reflectOddly(samples, pad)
  const once = fromSteady(coefficients, extended).reverse()
  return fromSteady(coefficients, once)
    .reverse()
    .slice(pad, pad + samples.length)
}

/** y[k] = Σ b[j]·x[k − j], where x[k] = x[0] for k < 0; overlap-save. */
function fromSteady(coefficients: Float64Array, samples: Float64Array): Float64Array {
  const taps = coefficients.length
  const size = nextSmoothSize(Math.max(4 * taps, 4096))
  const plan = planTransform(size)
  const [filterRe, filterIm] = [new Float64Array(size), new Float64Array(size)]
  filterRe.set(coefficients)
  plan.forward(filterRe, filterIm)
  const [re, im] = [new Float64Array(size), new Float64Array(size)]
  const filtered = new Float64Array(samples.length)
  const useful = size - taps + 1
  for (let start = 0; start < samples.length; start += useful) {
    for (let k = 0; k < size; k++) {
      const at = start + k - taps + 1
      re[k] = at >= samples.length ? 0 : samples[Math.max(0, at)]!
      im[k] = 0
    }
    plan.forward(re, im)
    for (let k = 0; k < size; k++) {
      const real = re[k]! * filterRe[k]! - im[k]! * filterIm[k]!
      im[k] = re[k]! * filterIm[k]! + im[k]! * filterRe[k]!
      re[k] = real
    }
    inverse(plan, re, im)
    for (let k = 0; k < useful && start + k < samples.length; k++) filtered[start + k] = re[k + taps - 1]!
  }
  return filtered
}
