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
}

/** Rotations of a segment unless said: lines half an order apart stand four flattop widths from each other. */
const REVOLUTIONS = 16

/**
 * Amplitude over order, averaged in power over segments that overlap by half.
 *
 * A[k] = 2/Σw · √(mean over segments |FFT(w·y)[k]|²)   (without the 2 at order 0)
 *
 * @param options.revolutions rotations per segment, ≥ 2; more sharpen the orders and need a shaft that is followed more exactly.
 * @param options.window flattop unless said: a line's amplitude is right wherever it lies.
 * @throws AnalysisFault `too-few-samples` where the record holds fewer rotations.
 * @see [Welch1967], [DAntona2006]
 */
export function orderSpectrum(
  record: AngularRecord,
  options: { readonly revolutions?: number; readonly window?: WindowName } = {},
): OrderSpectrum {
  const turned = Math.floor(record.samples.length / record.samplesPerRevolution)
  const revolutions = options.revolutions ?? Math.min(REVOLUTIONS, turned)
  const size = Math.round(revolutions * record.samplesPerRevolution)
  if (revolutions < 2 || size > record.samples.length) {
    throw new AnalysisFault('too-few-samples', `${turned} rotations are fewer than one segment of ${revolutions}`)
  }
  const weights = windowOf(options.window ?? 'flattop', size)
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
  return { orderStep: record.samplesPerRevolution / size, amplitude, revolutions, segments }
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
