import { AnalysisFault } from '../analysis-fault.js'
import { removeMean } from '../spectrum/detrend.js'
import { planRealTransform } from '../spectrum/real-spectrum.js'
import { type WindowName, windowOf } from '../spectrum/window.js'
import type { AngularRecord } from './resample-by-angle.js'

export interface OrderSpectrum {
  /** Orders between neighbouring bins: 1 / rotations of a segment. */
  readonly orderStep: number
  /** Shape (bins,), peak amplitude of a sine at each order, unit of the samples. */
  readonly amplitude: Float64Array
  /** Rotations of one segment. */
  readonly revolutions: number
  readonly segments: number
  readonly window: WindowName
}

/**
 * Rotations of a segment where the record has twice as many: a flattop's lobe of ten bins at every half order leaves two thirds of the bins to the
 * noise, whose median is its floor. Longer ones would blur high orders of a speed that was followed through noise.
 */
const REVOLUTIONS = 64
/** With fewer, the lobes of half orders touch: a record that has no more is one segment. */
const FEWEST_AVERAGED = 32

/**
 * Amplitude over order, averaged in power over segments that overlap by half.
 *
 * A[k] = 2/Σw · √(mean over segments |FFT(w·y)[k]|²)   (without the 2 at order 0)
 *
 * @param options.revolutions rotations per segment, ≥ 2, as the record allows up to 64 unless said; more sharpen the orders and need a shaft that is followed more exactly.
 * @param options.window flattop unless said: a line's amplitude is right wherever it lies.
 * @throws AnalysisFault `too-few-samples` where the record holds fewer rotations.
 * @see [Welch1967], [DAntona2006]
 */
export function orderSpectrum(
  record: AngularRecord,
  options: { readonly revolutions?: number; readonly window?: WindowName } = {},
): OrderSpectrum {
  const turned = Math.floor(record.samples.length / record.samplesPerRevolution)
  const revolutions = options.revolutions ?? revolutionsFor(turned)
  const size = Math.round(revolutions * record.samplesPerRevolution)
  if (revolutions < 2 || size > record.samples.length) {
    throw new AnalysisFault('too-few-samples', `${turned} rotations are fewer than one segment of ${revolutions}`)
  }
  const window = options.window ?? 'flattop'
  const weights = windowOf(window, size)
  const gain = weights.reduce((sum, weight) => sum + weight, 0)
  const plan = planRealTransform(size)
  const bins = Math.min(Math.floor(size / 2) + 1, Math.floor(record.maxOrder * revolutions) + 1)
  const power = new Float64Array(bins)
  const hop = Math.max(1, Math.floor(size / 2))
  let segments = 0
  for (let start = 0; start + size <= record.samples.length; start += hop) {
    const segment = removeMean(record.samples.subarray(start, start + size))
    for (let k = 0; k < size; k++) segment[k] = segment[k]! * weights[k]!
    const { re, im } = plan.of(segment)
    for (let k = 0; k < bins; k++) power[k] = power[k]! + re[k]! ** 2 + im[k]! ** 2
    segments++
  }
  const amplitude = power.map((sum, k) => ((k === 0 ? 1 : 2) * Math.sqrt(sum / segments)) / gain)
  return { orderStep: record.samplesPerRevolution / size, amplitude, revolutions, segments, window }
}

/** An even number, so that half orders lie on a bin; at least three segments that overlap by half, where those are not too short. */
function revolutionsFor(turned: number): number {
  const most = turned >= 2 * FEWEST_AVERAGED ? Math.min(REVOLUTIONS, turned / 2) : turned
  return most < 4 ? turned : 2 * Math.floor(most / 2)
}

/**
 * Amplitude of the line at an order: the greatest bin within half a bin of it and its neighbours.
 * @returns peak amplitude, unit of the samples; null beyond the spectrum.
 */
export function amplitudeAt(spectrum: OrderSpectrum, order: number): number | null {
  const bin = Math.round(order / spectrum.orderStep)
  if (bin < 1 || bin >= spectrum.amplitude.length) return null
  return Math.max(spectrum.amplitude[bin - 1] ?? 0, spectrum.amplitude[bin]!, spectrum.amplitude[bin + 1] ?? 0)
}
