import { unitOf } from '../../readings/unit.js'
import { AnalysisFault } from '../analysis-fault.js'
import type { FrequencyBand } from '../bearing/envelope-spectrum.js'
import type { Samples } from '../samples.js'
import { describeWaveform } from '../time-domain/describe-waveform.js'
import { bandRms, ISO_BAND_HZ } from './band-rms.js'

export const INDICATORS = ['rms', 'peak', 'crest', 'kurtosis', 'skewness', 'velocity', 'band', 'value'] as const
/** `band`: RMS within a band; `value`: the samples are the indicator themselves (a table of features), their mean. */
export type Indicator = (typeof INDICATORS)[number]

/** One number of a stretch of samples, in the unit of indicatorUnit. @throws AnalysisFault where the stretch cannot give it. */
export function indicatorOf(
  samples: Samples,
  wishes: {
    readonly indicator: Indicator
    readonly sampleRateHz: number
    readonly unit: string | null
    readonly band: FrequencyBand | undefined
  },
): number {
  const { indicator, sampleRateHz, band } = wishes
  if (indicator === 'value') return meanOf(samples)
  if (indicator === 'velocity') return velocityOf(samples, wishes)
  if (indicator === 'band') {
    if (band === undefined) throw new AnalysisFault('out-of-range', 'the RMS of a band needs the band: --band 2000-4000')
    return bandRms(samples, { sampleRateHz, band, integrated: 'not' })
  }
  const levels = describeWaveform(samples)
  const value = { rms: levels.rms, peak: levels.peak, crest: levels.crestFactor, kurtosis: levels.kurtosis, skewness: levels.skewness }[
    indicator
  ]
  if (value === null) throw new AnalysisFault('out-of-range', `a constant signal has no ${indicator}`)
  return value
}

/** Null where nobody stated one. */
export function indicatorUnit(indicator: Indicator, unit: string | null): string | null {
  if (indicator === 'velocity') return 'mm/s'
  return indicator === 'crest' || indicator === 'kurtosis' || indicator === 'skewness' ? '1' : unit
}

function meanOf(samples: Samples): number {
  let sum = 0
  for (const value of samples) sum += value
  return sum / samples.length
}

function velocityOf(
  samples: Samples,
  {
    sampleRateHz,
    unit: name,
    band,
  }: { readonly sampleRateHz: number; readonly unit: string | null; readonly band: FrequencyBand | undefined },
): number {
  const unit = name === null ? undefined : unitOf(name)
  if (unit?.quantity !== 'acceleration' && unit?.quantity !== 'velocity')
    throw new AnalysisFault('out-of-range', 'a velocity needs the unit of the samples; state it, e.g. --unit g')
  const integrated = unit.quantity === 'acceleration' ? 'once' : 'not'
  return bandRms(samples, { sampleRateHz, band: band ?? ISO_BAND_HZ, integrated }) * unit.factor * 1000
}
