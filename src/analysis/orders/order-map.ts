import { AnalysisFault } from '../analysis-fault.js'
import { removeMean } from '../spectrum/detrend.js'
import { planRealTransform } from '../spectrum/real-spectrum.js'
import { type WindowName, windowOf } from '../spectrum/window.js'
import type { AngularRecord } from './resample-by-angle.js'

/** Amplitude over order and rotation. */
export interface OrderMap {
  readonly orderStep: number
  /** Shape (rows,): middle of each row, rotations since the start. */
  readonly revolution: Float64Array
  /** Shape (rows,): middle of each row, seconds. */
  readonly timeS: Float64Array
  /** Shape (rows,): mean speed of each row, rotations per second. */
  readonly shaftHz: Float64Array
  /** One row of `bins` a step: peak amplitude, unit of the samples. */
  readonly amplitude: readonly Float64Array[]
  /** Same shapes: phase of each bin at the middle of its row against the angle, radians. */
  readonly phase: readonly Float64Array[]
}

/** A bound on what a map holds. */
const MOST_ROWS = 4096

/**
 * The order spectrum as it changes: one row every `stepRevolutions`.
 *
 * @param options.revolutions rotations of a row, ≥ 2; fewer follow faster changes, and orders closer than 4/revolutions merge (flattop).
 * @param options.stepRevolutions between rows; half a row unless said, wider where that made more than 4,096 rows.
 * @throws AnalysisFault `too-few-samples`.
 */
export function orderMap(
  record: AngularRecord,
  options: { readonly revolutions: number; readonly stepRevolutions?: number; readonly window?: WindowName },
): OrderMap {
  const { samplesPerRevolution, timeS } = record
  const size = Math.round(options.revolutions * samplesPerRevolution)
  if (options.revolutions < 2 || size > record.samples.length) {
    throw new AnalysisFault('too-few-samples', `the record holds fewer rotations than one row of ${options.revolutions}`)
  }
  const wanted = Math.max(1, Math.round((options.stepRevolutions ?? options.revolutions / 2) * samplesPerRevolution))
  const hop = Math.max(wanted, Math.ceil((record.samples.length - size + 1) / MOST_ROWS))
  const rows = Math.floor((record.samples.length - size) / hop) + 1
  const weights = windowOf(options.window ?? 'flattop', size)
  const gain = weights.reduce((sum, weight) => sum + weight, 0)
  const plan = planRealTransform(size)
  const bins = Math.min(Math.floor(size / 2) + 1, Math.floor((record.maxOrder * size) / samplesPerRevolution) + 1)
  const amplitude: Float64Array[] = []
  const phase: Float64Array[] = []
  for (let row = 0; row < rows; row++) {
    const segment = removeMean(record.samples.subarray(row * hop, row * hop + size))
    for (let k = 0; k < size; k++) segment[k] = segment[k]! * weights[k]!
    const { re, im } = plan.of(segment)
    amplitude.push(Float64Array.from({ length: bins }, (_, k) => ((k === 0 ? 1 : 2) * Math.hypot(re[k]!, im[k]!)) / gain))
    phase.push(Float64Array.from({ length: bins }, (_, k) => angleAtStart(re[k]!, im[k]!, (k * row * hop) / size)))
  }
  const at = (row: number, share: number) => timeS[Math.min(timeS.length - 1, Math.round(row * hop + share * (size - 1)))]!
  const overRows = (value: (row: number) => number) => Float64Array.from({ length: rows }, (_, row) => value(row))
  return {
    orderStep: samplesPerRevolution / size,
    revolution: overRows((row) => record.firstRevolution + (row * hop + size / 2) / samplesPerRevolution),
    timeS: overRows((row) => at(row, 0.5)),
    shaftHz: overRows((row) => (size - 1) / samplesPerRevolution / (at(row, 1) - at(row, 0))),
    amplitude,
    phase,
  }
}

/** Phase against angle 0 of the record: what the row's own start adds is taken off. */
function angleAtStart(re: number, im: number, turns: number): number {
  const angle = Math.atan2(im, re) - 2 * Math.PI * (turns % 1)
  return Math.atan2(Math.sin(angle), Math.cos(angle))
}
