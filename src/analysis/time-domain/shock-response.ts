import { AnalysisFault } from '../analysis-fault.js'
import type { Samples } from '../samples.js'
import { rampResponse } from './ramp-response.js'

/** Per natural frequency, shape (m,): the largest response upwards, downwards (as a positive number) and either way. */
export interface ShockResponse {
  readonly naturalHz: Float64Array
  readonly positive: Float64Array
  readonly negative: Float64Array
  readonly maximax: Float64Array
}

export interface ShockOptions {
  readonly sampleRateHz: number
  /** Hz, each > 0 and ≤ fs/4; only samples are looked at, so at fs/10 up to 5 % of a peak hides between them. */
  readonly naturalHz: ArrayLike<number>
  /** Share of critical damping, 0 … < 1; 0.05 (Q = 10) unless said. */
  readonly damping?: number
  /** Absolute acceleration of the mass (unit of the samples), or pseudo-velocity, −2πf times the relative displacement (unit of the samples times s). */
  readonly quantity: 'absolute-acceleration' | 'pseudo-velocity'
}

/**
 * Shock response spectrum: the largest response of single-degree-of-freedom oscillators that stand on the surface which the record was taken
 * from, during the record and one natural period after it (residual). Between samples the acceleration is taken as straight lines
 * (ramp-invariant), before the first and after the last as 0.
 *
 * z̈ + 2ζω·ż + ω²·z = −ẍ;  absolute acceleration −(2ζω·ż + ω²·z), pseudo-velocity −ω·z, which has the same sign
 *
 * @param samples shape (n,), acceleration in u, finite; remove an offset first, it is a step.
 * @returns shape as `naturalHz`; u, or u·s.
 * @throws AnalysisFault `out-of-range`, `not-finite`, `too-few-samples`.
 * @see [Smallwood1981], [ISO18431-4]; checked against the closed forms of a step, a half-sine pulse and a sine at resonance.
 */
export function shockResponse(samples: Samples, options: ShockOptions): ShockResponse {
  const { sampleRateHz, damping = 0.05, quantity } = options
  const naturalHz = Float64Array.from(options.naturalHz)
  const positive = new Float64Array(naturalHz.length)
  const negative = new Float64Array(naturalHz.length)
  if (samples.length === 0) throw new AnalysisFault('too-few-samples', 'there is no record to respond to')
  if (!(damping >= 0 && damping < 1)) throw new AnalysisFault('out-of-range', `a damping of ${damping} does not oscillate`)
  for (const [index, frequencyHz] of naturalHz.entries()) {
    if (!(frequencyHz > 0) || frequencyHz > sampleRateHz / 4) {
      throw new AnalysisFault('out-of-range', `a rate of ${sampleRateHz} Hz cannot carry an oscillator of ${frequencyHz} Hz`)
    }
    const { highest, lowest } = extremes(samples, { sampleRateHz, frequencyHz, damping, quantity })
    if (!Number.isFinite(highest - lowest)) throw new AnalysisFault('not-finite', 'the record holds values that are not finite numbers')
    positive[index] = highest
    negative[index] = -lowest
  }
  return { naturalHz, positive, negative, maximax: positive.map((value, k) => Math.max(value, negative[k]!)) }
}

function extremes(
  samples: Samples,
  { sampleRateHz, frequencyHz, damping, quantity }: Required<Omit<ShockOptions, 'naturalHz'>> & { readonly frequencyHz: number },
): { readonly highest: number; readonly lowest: number } {
  const omega = 2 * Math.PI * frequencyHz
  const { p11, p12, p21, p22, before1, before2, now1, now2 } = rampResponse(omega / sampleRateHz, damping)
  const [ofPosition, ofSpeed] = quantity === 'absolute-acceleration' ? [-1, -2 * damping] : [-1 / omega, 0]
  const end = samples.length + Math.ceil(sampleRateHz / frequencyHz)
  let position = 0
  let speed = 0
  let before = 0
  let highest = 0
  let lowest = 0
  for (let k = 0; k < end; k++) {
    const now = k < samples.length ? samples[k]! : 0
    const moved = p11 * position + p12 * speed + before1 * before + now1 * now
    speed = p21 * position + p22 * speed + before2 * before + now2 * now
    position = moved
    before = now
    const response = ofPosition * position + ofSpeed * speed
    if (response > highest) highest = response
    else if (response < lowest) lowest = response
    else if (Number.isNaN(response)) highest = Number.NaN
  }
  return { highest, lowest }
}
