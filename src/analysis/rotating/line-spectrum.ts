import type { Samples } from '../samples.js'
import { removeMean } from '../spectrum/detrend.js'
import { localFloor } from '../spectrum/local-floor.js'
import { planRealTransform } from '../spectrum/real-spectrum.js'
import { windowOf } from '../spectrum/window.js'
import { logGammaTail } from '../statistics/gamma-tail.js'

/** Mean-square lines over frequency or order, and the noise among them. */
export interface LineSpectrum {
  /** Between bins: Hz, or orders. */
  readonly step: number
  /** Shape (m,): mean square per bin, unit²; a line's bins sum to the square of its RMS. */
  readonly power: Float64Array
  /** Shape (m,): mean square that noise alone gives a bin. */
  readonly floor: Float64Array
  /** Independent spectra averaged; a bin of noise is a gamma variable of this shape. */
  readonly looks: number
}

/** A line where one was looked for, whether or not it stands out. */
export interface SpectralLine {
  /** Where its strongest bin lies: Hz, or orders. */
  readonly position: number
  /** RMS without the noise, unit of the samples. */
  readonly rms: number
  /** ln of the chance that noise gives a bin as strong anywhere it was looked for. */
  readonly logChance: number
}

/** Noise gives such a line, or family of lines, less than once in a million places. */
const SIGNIFICANT = Math.log(1e-6)

/** Neighbouring Hann segments that share half their samples: variance of an average of n is (1 + 2/36)/n [Welch1967]. */
const OVERLAP_LOSS = 1 + 2 / 36

/**
 * Power by Hann segments that overlap by half, and the noise floor by the median around each bin.
 *
 * P[k] = 2/(m·Σw²) · mean over segments |FFT(w·x)[k]|²
 *
 * @param samples shape (n,), unit u.
 * @param options.rate samples per second, or per rotation.
 * @param options.segmentLength m ≤ n.
 * @param options.reach half the neighbourhood of the floor, in Hz or orders.
 * @see [Welch1967]
 */
export function lineSpectrum(
  samples: Samples,
  options: { readonly rate: number; readonly segmentLength: number; readonly reach: number },
): LineSpectrum {
  const size = Math.min(samples.length, options.segmentLength)
  const weights = windowOf('hann', size)
  const plan = planRealTransform(size)
  const bins = Math.floor(size / 2) + 1
  const power = new Float64Array(bins)
  const hop = Math.max(1, Math.floor(size / 2))
  let segments = 0
  for (let start = 0; start + size <= samples.length; start += hop) {
    const segment = removeMean(samples.subarray(start, start + size))
    for (let k = 0; k < size; k++) segment[k] = segment[k]! * weights[k]!
    const { re, im } = plan.of(segment)
    for (let k = 0; k < bins; k++) power[k] = power[k]! + re[k]! ** 2 + im[k]! ** 2
    segments++
  }
  const scale = 2 / (size * weights.reduce((sum, weight) => sum + weight * weight, 0) * segments)
  for (let k = 0; k < bins; k++) power[k] = power[k]! * scale
  const step = options.rate / size
  const looks = segments === 1 ? 1 : segments / OVERLAP_LOSS
  const spectrum = { step, power, looks }
  return { ...spectrum, floor: noiseFloor(spectrum, options.reach) }
}

/**
 * Mean square that noise gives each bin, from the median within `reach` (16 bins at least) of it.
 *
 * localFloor gives median/ln 2, right for one look; the median of a mean of n looks is (1 − 1/9n)³ of it [WilsonHilferty1931].
 */
function noiseFloor(spectrum: Omit<LineSpectrum, 'floor'>, reach: number): Float64Array {
  const { power, step, looks } = spectrum
  const correction = looks === 1 ? 1 : Math.LN2 / (1 - 1 / (9 * looks)) ** 3
  return localFloor(power, Math.max(16, Math.round(reach / step))).map((level) => level * correction)
}

/**
 * The line at a place.
 * @param tolerance how far off it may lie, same unit; one bin at least.
 * @returns null beyond the spectrum.
 */
export function lineAt(spectrum: LineSpectrum, position: number, tolerance = 0): SpectralLine | null {
  const { power, floor, step, looks } = spectrum
  const centre = Math.round(position / step)
  const reach = Math.max(1, Math.ceil(tolerance / step))
  if (centre - reach < 2 || centre + reach + 2 >= power.length) return null
  let best = centre
  for (let k = centre - reach; k <= centre + reach; k++) if (power[k]! * floor[best]! > power[best]! * floor[k]!) best = k
  let meanSquare = 0
  for (let k = best - 2; k <= best + 2; k++) meanSquare += power[k]! - floor[k]!
  const ratio = floor[best]! > 0 ? power[best]! / floor[best]! : power[best]! > 0 ? Number.MAX_VALUE : 0
  const logChance = Math.min(0, logGammaTail(looks, Math.min(1e12, looks * ratio)) + Math.log(2 * reach + 1))
  return { position: best * step, rms: Math.sqrt(Math.max(0, meanSquare)), logChance }
}

export function isSignificant<Found extends { readonly logChance: number }>(found: Found | null): found is Found {
  return found !== null && found.logChance <= SIGNIFICANT
}
