import { AnalysisFault } from '../analysis-fault.js'
import type { Samples } from '../samples.js'
import { cubicSpline, splineOnGrid } from './cubic-spline.js'
import { halvedWhile } from './halved-rate.js'
import { interpolationKernel, KERNEL_REACH } from './interpolation-kernel.js'
import { type ShaftPhase, speedSpan } from './shaft-phase.js'

/** Beyond this share of the sample rate the interpolation no longer passes everything. */
export const PASSED_SHARE = 0.42
/** Samples per rotation over the highest order: the classic 2.56 leaves the filter room to fall. */
const OVERSAMPLING = 2.56

/** A record over angle instead of time. */
export interface AngularRecord {
  /** Shape (m,), unit of the samples. */
  readonly samples: Float64Array
  readonly samplesPerRevolution: number
  /** Where the first sample lies on the phase's scale, rotations. */
  readonly firstRevolution: number
  /** Lines up to here have their true amplitude. */
  readonly maxOrder: number
  /** Shape (m,), seconds: when each angle was passed. */
  readonly timeS: Float64Array
}

/**
 * Samples at even steps of the shaft's angle.
 *
 * y(θ_k) = c/fs · Σ x[n]·h(c·(t(θ_k) − n/fs)),  c = min(fs, S·f(θ_k)):  a windowed sinc whose edge follows the speed, so orders above
 * S/2 do not fold back where the shaft is slow.
 *
 * @param samples shape (n,), unit u, evenly spaced, finite.
 * @param options.phase how far the shaft has turned; must lie within the record.
 * @param options.maxOrder highest order wanted; the highest that 0.42·fs carries at top speed unless said.
 * @throws AnalysisFault `out-of-range` where the rate does not carry the order at top speed, `too-few-samples` below two rotations.
 * @see [FyfeMunck1997]
 */
export function resampleByAngle(
  samples: Samples,
  options: { readonly sampleRateHz: number; readonly phase: ShaftPhase; readonly maxOrder?: number },
): AngularRecord {
  const { phase } = options
  const { maxHz } = speedSpan(phase)
  const carried = (PASSED_SHARE * options.sampleRateHz) / maxHz
  const maxOrder = options.maxOrder ?? carried
  if (maxOrder > carried * (1 + 1e-9)) {
    throw new AnalysisFault(
      'out-of-range',
      `order ${maxOrder} lies at ${(maxOrder * maxHz).toFixed(0)} Hz at top speed; a rate of ${options.sampleRateHz} Hz carries up to order ${carried.toFixed(1)}`,
    )
  }
  const first = phase.revolutions[0]!
  const turned = phase.revolutions.at(-1)! - first
  if (turned < 2) throw new AnalysisFault('too-few-samples', `${turned.toFixed(1)} rotations are too few for orders`)
  const perRevolution = Math.max(4, Math.ceil(OVERSAMPLING * maxOrder))
  const count = Math.floor(turned * perRevolution)
  const timeS = splineOnGrid(cubicSpline(phase.revolutions, phase.timeS), { first, step: 1 / perRevolution, count })
  const record = halvedWhile({ samples, sampleRateHz: options.sampleRateHz }, maxOrder * maxHz)
  return { samples: interpolated(record, timeS), samplesPerRevolution: perRevolution, firstRevolution: first, maxOrder, timeS }
}

/** Values at increasing times; where these lie wider apart than the samples, the kernel widens with them. */
function interpolated(record: { readonly samples: Samples; readonly sampleRateHz: number }, timeS: Float64Array): Float64Array {
  const { samples, sampleRateHz } = record
  const { taps, steps } = interpolationKernel()
  const last = samples.length - 1
  const values = new Float64Array(timeS.length)
  for (let k = 0; k < values.length; k++) {
    const before = timeS[Math.max(0, k - 1)]!
    const after = timeS[Math.min(values.length - 1, k + 1)]!
    const spacing = ((after - before) * sampleRateHz) / (k === 0 || k === values.length - 1 ? 1 : 2)
    const narrowing = Math.min(1, 1 / spacing)
    const at = timeS[k]! * sampleRateHz
    const reach = KERNEL_REACH / narrowing
    const from = Math.max(0, Math.ceil(at - reach))
    const to = Math.min(last, Math.floor(at + reach))
    const scale = narrowing * steps
    let sum = 0
    for (let n = from; n <= to; n++) {
      const place = Math.abs(at - n) * scale
      const step = place | 0
      const low = taps[step]!
      sum += samples[n]! * (low + (taps[step + 1]! - low) * (place - step))
    }
    values[k] = sum * narrowing
  }
  return values
}
