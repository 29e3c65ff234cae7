import type { Samples } from '../samples.js'
import { cubicSpline, splineAt } from './cubic-spline.js'
import { PASSED_SHARE, resampleByAngle } from './resample-by-angle.js'
import { type ShaftPhase, speedSpan } from './shaft-phase.js'
import { sharpenPhase } from './sharpen-phase.js'

/** The line that is followed must stand this far over the noise beside it, or its phase is the noise's. */
const FOLLOWED_OVER_NOISE = 10
/** Rotations of the sliding window: wide enough for the error of a course first, then narrow enough to leave the noise outside. */
const WINDOWS = [6, 12]

/**
 * The course of the phase, made finer by following the order that stands clearest; null where none stands 10 dB over the noise beside it.
 * @param options.phase near the true one: within 1/12 of a rotation's speed at every order that is followed.
 */
export function followStrongestOrder(
  record: { readonly samples: Samples; readonly sampleRateHz: number },
  options: { readonly phase: ShaftPhase; readonly orders: readonly number[]; readonly mainsHz: readonly number[] },
): { readonly phase: ShaftPhase; readonly order: number } | null {
  const { orders, mainsHz } = options
  let { phase } = options
  let followed = { order: 0, overNoise: 0 }
  for (const windowRevolutions of WINDOWS) {
    const { maxHz, meanHz } = speedSpan(phase)
    const maxOrder = Math.min((PASSED_SHARE * record.sampleRateHz) / maxHz, Math.max(...orders) + 1)
    const angular = resampleByAngle(record.samples, { sampleRateHz: record.sampleRateHz, phase, maxOrder })
    const correction = sharpenPhase(angular, {
      windowRevolutions,
      orders: mechanical(orders, { mainsHz, meanHz, bandHz: (2 * meanHz) / windowRevolutions }),
    })
    if (!correction) break
    followed = correction
    if (correction.overNoise < FOLLOWED_OVER_NOISE) break
    phase = corrected(phase, correction)
  }
  return followed.overNoise < FOLLOWED_OVER_NOISE ? null : { phase, order: followed.order }
}

/** Orders whose lines lie away from mains; all of them where none does. */
function mechanical(
  orders: readonly number[],
  { mainsHz, meanHz, bandHz }: { readonly mainsHz: readonly number[]; readonly meanHz: number; readonly bandHz: number },
): readonly number[] {
  const away = orders.filter((order) =>
    mainsHz.every((hz) => Math.abs(order * meanHz - hz * Math.max(1, Math.round((order * meanHz) / hz))) > bandHz),
  )
  return away.length > 0 ? away : orders
}

/** The assumed phase plus what it lags. */
function corrected(phase: ShaftPhase, correction: { readonly revolution: Float64Array; readonly ahead: Float64Array }): ShaftPhase {
  const ahead = splineAt(cubicSpline(correction.revolution, correction.ahead), phase.revolutions)
  return { timeS: phase.timeS, revolutions: phase.revolutions.map((turned, k) => turned + ahead[k]!) }
}
