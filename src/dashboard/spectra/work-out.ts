import { AnalysisFault } from '../../analysis/analysis-fault.js'
import { envelopeSpectrum, type FrequencyBand } from '../../analysis/bearing/envelope-spectrum.js'
import { impulsiveBand } from '../../analysis/bearing/impulsive-band.js'
import { amplitudeSpectrum } from '../../analysis/spectrum/amplitude-spectrum.js'
import { removeMean } from '../../analysis/spectrum/detrend.js'
import { realSpectrum } from '../../analysis/spectrum/real-spectrum.js'
import type { LiveSpectrum, SpectrumWish, WaterfallRow } from './spectrum-answer.js'

/** Samples that are looked through for the band; more would not move it far and take longer. */
export const BAND_SAMPLES = 4096
const WATERFALL_SAMPLES = 4096

interface Stretch {
  /** Shape (n,), without a gap, unit of the sensor. */
  readonly samples: Float64Array
  readonly sampleRateHz: number
  readonly at: number
}

/**
 * The spectrum that a pane wants: peak amplitude by a Hann window, or the squared envelope of the most impulsive band as √power over its median.
 *
 * @param band  kept from the last time; null has it chosen.
 * @throws AnalysisFault as the spectra.
 */
export function workOut({ samples, sampleRateHz, at }: Stretch, wish: SpectrumWish, band: FrequencyBand | null): LiveSpectrum {
  const unreadable = samples.reduce((count, sample) => count + (Number.isFinite(sample) ? 0 : 1), 0)
  if (unreadable > 0) throw new AnalysisFault('not-finite', `${unreadable} of ${samples.length} samples are no numbers`)
  const about = { samples: samples.length, sampleRateHz, at }
  if (wish.kind === 'spectrum') {
    const { amplitude } = amplitudeSpectrum(samples, { sampleRateHz })
    return { ...about, stepHz: sampleRateHz / samples.length, values: amplitude, band: null }
  }
  const taken = band ?? chosenBand(samples, sampleRateHz, wish.envelopeToHz)
  const maxHz = Math.min((taken.highHz - taken.lowHz) / 2, wish.envelopeToHz)
  const transform = realSpectrum(removeMean(samples))
  const { resolutionHz, power } = envelopeSpectrum(transform, { sampleRateHz, band: taken, maxHz, whitening: 'none' })
  const amplitude = power.map(Math.sqrt)
  const median = amplitude.toSorted()[amplitude.length >> 1] || 1
  return { ...about, stepHz: resolutionHz, values: amplitude.map((value) => value / median), band: taken }
}

/** A line of the waterfall from the last samples. */
export function waterfallRow({ samples, sampleRateHz, at }: Stretch): WaterfallRow {
  const last = samples.subarray(-WATERFALL_SAMPLES)
  const { amplitude } = amplitudeSpectrum(last, { sampleRateHz })
  return { at, stepHz: sampleRateHz / last.length, values: Float32Array.from(amplitude) }
}

/** The band where the kurtogram finds the strongest impacts, wide enough for the lines looked for. */
function chosenBand(samples: Float64Array, sampleRateHz: number, envelopeToHz: number): FrequencyBand {
  const { centreHz, widthHz } = impulsiveBand(samples.subarray(-BAND_SAMPLES), { sampleRateHz, leastWidthHz: 2 * envelopeToHz })
  return { lowHz: Math.max(0, centreHz - widthHz / 2), highHz: Math.min(sampleRateHz / 2, centreHz + widthHz / 2) }
}
