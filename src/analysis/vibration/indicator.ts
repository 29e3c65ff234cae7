import type { BearingGeometry } from '../../readings/asset.js'
import { unitOf } from '../../readings/unit.js'
import { AnalysisFault } from '../analysis-fault.js'
import type { FrequencyBand } from '../bearing/envelope-spectrum.js'
import type { Samples } from '../samples.js'
import { describeWaveform } from '../time-domain/describe-waveform.js'
import { bandRms, ISO_BAND_HZ } from './band-rms.js'
import { BEARING_LINES, type BearingLine, bearingLineRatio } from './bearing-line-ratio.js'

export const INDICATORS = ['rms', 'peak', 'crest', 'kurtosis', 'skewness', 'velocity', 'band', ...BEARING_LINES, 'value'] as const
/** `band`: RMS within a band; `bpfo` to `ftf`: how far these lines stand over the noise (bearingLineRatio); `value`: the samples are the indicator themselves (a table of features), their mean. */
export type Indicator = (typeof INDICATORS)[number]

/** One number of a stretch of samples, in the unit of indicatorUnit. @throws AnalysisFault where the stretch cannot give it. */
export function indicatorOf(
  samples: Samples,
  wishes: {
    readonly indicator: Indicator
    readonly sampleRateHz: number
    readonly unit: string | null
    readonly band: FrequencyBand | undefined
    readonly bearing: BearingGeometry | null
    readonly shaftSpeedRpm: number | null
  },
): number {
  const { indicator, sampleRateHz, band, bearing, shaftSpeedRpm } = wishes
  if (indicator === 'value') return meanOf(samples)
  if (indicator === 'velocity') return velocityOf(samples, wishes)
  if (indicator === 'band') {
    if (band === undefined) throw new AnalysisFault('not-stated', 'the RMS of a band needs the band', '--band 2000-4000')
    return bandRms(samples, { sampleRateHz, band, integrated: 'not' })
  }
  if (isBearingLine(indicator)) {
    if (bearing === null)
      throw new AnalysisFault('not-stated', `${indicator} needs the bearing`, "--bearing 6205, or --bearing 'n=9,d=7.94,D=39.04,angle=0'")
    if (shaftSpeedRpm === null) throw new AnalysisFault('not-stated', `${indicator} needs the shaft speed`, '--speed 1480')
    return bearingLineRatio(samples, { sampleRateHz, line: indicator, bearing, shaftSpeedRpm })
  }
  const levels = describeWaveform(samples)
  const value = { rms: levels.rms, peak: levels.peak, crest: levels.crestFactor, kurtosis: levels.kurtosis, skewness: levels.skewness }[
    indicator
  ]
  if (value === null) throw new AnalysisFault('constant', `a constant signal has no ${indicator}`)
  return value
}

/** Null where nobody stated one. */
export function indicatorUnit(indicator: Indicator, unit: string | null): string | null {
  if (indicator === 'velocity') return 'mm/s'
  const isRatio = indicator === 'crest' || indicator === 'kurtosis' || indicator === 'skewness' || isBearingLine(indicator)
  return isRatio ? '1' : unit
}

/** Whether the bearing and the speed of its shaft decide what the indicator is. */
export function isBearingLine(indicator: Indicator): indicator is BearingLine {
  return BEARING_LINES.some((line) => line === indicator)
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
    throw new AnalysisFault('not-stated', 'a velocity needs the unit of the samples', '--unit g, or what the sensor gives')
  const integrated = unit.quantity === 'acceleration' ? 'once' : 'not'
  return bandRms(samples, { sampleRateHz, band: band ?? ISO_BAND_HZ, integrated }) * unit.factor * 1000
}
