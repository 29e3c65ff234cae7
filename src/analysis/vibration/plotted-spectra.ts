import { envelopeSpectrum } from '../bearing/envelope-spectrum.js'
import type { Samples } from '../samples.js'
import { removeMean } from '../spectrum/detrend.js'
import { realSpectrum } from '../spectrum/real-spectrum.js'
import { welchDensity } from '../spectrum/welch.js'

/** A curve for the eye: level in decibels over frequency, evenly spaced from 0 Hz. */
export interface PlottedSpectrum {
  readonly stepHz: number
  readonly levelDb: Float64Array
}

/** What a report draws: the power density of the whole range, and the pre-whitened envelope spectrum up to `envelopeMaxHz`. */
export function plottedSpectra(
  samples: Samples,
  options: { readonly sampleRateHz: number; readonly envelopeMaxHz: number },
): { readonly spectrum: PlottedSpectrum; readonly envelope: PlottedSpectrum } {
  const { sampleRateHz } = options
  const segmentLength = Math.min(4096, 2 ** Math.floor(Math.log2(samples.length)))
  const { density } = welchDensity(samples, { sampleRateHz, segmentLength })
  const lines = envelopeSpectrum(realSpectrum(removeMean(samples)), {
    sampleRateHz,
    band: { lowHz: 0, highHz: sampleRateHz / 2 },
    maxHz: options.envelopeMaxHz,
    whitening: 'cepstral',
  })
  return {
    spectrum: { stepHz: sampleRateHz / segmentLength, levelDb: density.map(decibels) },
    envelope: { stepHz: lines.resolutionHz, levelDb: lines.power.map(decibels) },
  }
}

function decibels(power: number): number {
  return 10 * Math.log10(Math.max(power, Number.MIN_VALUE))
}
