import { AnalysisFault } from '../analysis-fault.js'
import type { Samples } from '../samples.js'
import { removeMean } from '../spectrum/detrend.js'
import { designButterworth } from './butterworth.js'
import { filterZeroPhase } from './zero-phase-filter.js'

/**
 * The integral over time by the trapezoidal rule, 0 at the first sample. Any offset grows into a slope; see `integrateSteady`.
 *
 * y[k] = y[k−1] + (x[k−1] + x[k])/(2·fs)
 *
 * @param samples shape (n,), unit u.
 * @returns shape (n,), u·s.
 * @see numbers checked against scipy.integrate.cumulative_trapezoid(initial=0).
 */
export function integrateTrapezoid(samples: Samples, sampleRateHz: number): Float64Array {
  const integral = new Float64Array(samples.length)
  for (let k = 1; k < samples.length; k++) integral[k] = integral[k - 1]! + (samples[k - 1]! + samples[k]!) / (2 * sampleRateHz)
  return integral
}

/**
 * The integral of a vibration without its drift: mean removed, high-passed (Butterworth of order 2, zero-phase), integrated, and high-passed
 * again, since noise below the edge would otherwise walk.
 *
 * @param samples shape (n,), unit u; acceleration gives velocity, velocity displacement.
 * @param options.highPassHz where a sine comes out at a quarter of its integral; well below the lowest line of interest (at four times the edge less
 *                           than 1 % is lost).
 * @returns shape (n,), u·s, mean about 0. About one period of the edge at either end is settling.
 * @throws AnalysisFault `out-of-range`, `too-few-samples`.
 */
export function integrateSteady(samples: Samples, options: { readonly sampleRateHz: number; readonly highPassHz: number }): Float64Array {
  const { sampleRateHz, highPassHz } = options
  const highPass = designButterworth(2, { kind: 'high-pass', edgeHz: highPassHz }, sampleRateHz)
  if ((samples.length / sampleRateHz) * highPassHz < 1) {
    throw new AnalysisFault('too-few-samples', `${samples.length} samples do not hold one period of ${highPassHz} Hz`)
  }
  const steady = filterZeroPhase(highPass, removeMean(samples))
  return filterZeroPhase(highPass, removeMean(integrateTrapezoid(steady, sampleRateHz)))
}

/**
 * The derivative over time by central differences, one-sided at both ends.
 *
 * @param samples shape (n,), n ≥ 2, unit u. Noise grows with frequency: low-pass first.
 * @returns shape (n,), u/s.
 * @see numbers checked against numpy.gradient.
 */
export function differentiate(samples: Samples, sampleRateHz: number): Float64Array {
  const last = samples.length - 1
  if (last < 1) throw new AnalysisFault('too-few-samples', `${samples.length} samples have no slope`)
  const slope = new Float64Array(samples.length)
  for (let k = 1; k < last; k++) slope[k] = ((samples[k + 1]! - samples[k - 1]!) * sampleRateHz) / 2
  slope[0] = (samples[1]! - samples[0]!) * sampleRateHz
  slope[last] = (samples[last]! - samples[last - 1]!) * sampleRateHz
  return slope
}
