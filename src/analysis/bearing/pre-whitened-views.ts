import { overNoiseFloor } from '../spectrum/over-noise-floor.js'
import type { HalfSpectrum } from '../spectrum/real-spectrum.js'
import { envelopeSpectrum, type FrequencyBand } from './envelope-spectrum.js'

/** A band and what people call it. */
export interface NamedBand {
  readonly name: string
  readonly band: FrequencyBand
}

/** The pre-whitened envelope of one band over its noise. */
export interface PreWhitenedView extends NamedBand {
  readonly resolutionHz: number
  /** Shape (m,), power over noise floor. */
  readonly ratios: Float64Array
}

/** The whole range and its four quarters: what rings somewhere fills one of them, and no choice has been made. */
export function rangeAndQuarters(sampleRateHz: number): readonly NamedBand[] {
  const quarter = sampleRateHz / 8
  return [
    { name: 'whole range', band: { lowHz: 0, highHz: sampleRateHz / 2 } },
    ...[0, 1, 2, 3].map((k) => ({
      name: `${inKhz(k * quarter)}–${inKhz((k + 1) * quarter)} kHz`,
      band: { lowHz: k * quarter, highHz: (k + 1) * quarter },
    })),
  ]
}

/**
 * The pre-whitened envelope spectrum of a band over its noise. Pre-whitening makes the noise floor of each band flat and free of tones.
 *
 * @param options.reachHz half the neighbourhood that is the noise of a line, Hz; at least 16 bins.
 * @throws AnalysisFault `too-few-samples` where the band holds fewer than 16 bins.
 * @see [Borghesani2013]
 */
export function preWhitenedView(
  spectrum: HalfSpectrum,
  { name, band }: NamedBand,
  options: { readonly sampleRateHz: number; readonly maxHz: number; readonly reachHz: number },
): PreWhitenedView {
  const { sampleRateHz, maxHz, reachHz } = options
  const { power, resolutionHz } = envelopeSpectrum(spectrum, { sampleRateHz, band, maxHz, whitening: 'cepstral' })
  return { name, band, resolutionHz, ratios: overNoiseFloor(power, Math.max(16, Math.ceil(reachHz / resolutionHz))) }
}

function inKhz(hz: number): number {
  return Number((hz / 1000).toPrecision(3))
}
