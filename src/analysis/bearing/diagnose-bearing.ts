import type { BearingGeometry } from '../../readings/asset.js'
import type { Samples } from '../samples.js'
import { removeMean } from '../spectrum/detrend.js'
import { realSpectrum } from '../spectrum/real-spectrum.js'
import { describeWaveform } from '../time-domain/describe-waveform.js'
import { type BearingFrequencies, bearingFrequencies } from '../vibration/bearing-frequencies.js'
import { whyUnanswerable } from './answerable.js'
import { concludeVerdict } from './conclude-verdict.js'
import { decoyShare } from './decoys.js'
import type { BearingDiagnosis, FaultScore, FoundLine } from './diagnosis.js'
import type { FrequencyBand } from './envelope-spectrum.js'
import { BEARING_FAULTS } from './fault-pattern.js'
import { linesOfBoth } from './found-lines.js'
import type { EnvelopeView } from './fused-evidence.js'
import { impulsiveBand } from './impulsive-band.js'
import type { JudgedFault } from './judge-fault.js'
import { lookAtRecord } from './look-at-record.js'
import { checkShaftSpeed, findShaftSpeed, type ShaftSpeed } from './shaft-speed.js'

export interface BearingRecord {
  /** Shape (n,), acceleration in any unit. */
  readonly samples: Samples
  readonly sampleRateHz: number
  /** As stated; null where nobody knows it. */
  readonly shaftSpeedRpm: number | null
  readonly geometry: BearingGeometry
}

/**
 * What a record says about a bearing.
 *
 * Several pre-whitened envelope spectra vote on every line (fused-evidence.ts); each fault's pattern is slid over ±3 % of where pure rolling
 * puts it; the evidence of its lines, in all views and in the best one, is the score. A fault is called when noise would score as much less than once in
 * 10^4 and when the same pattern elsewhere in the record does not. A stated speed that the record contradicts is replaced by the record's own, and the
 * diagnosis says so; where none is stated, the record's own is taken if one stands out.
 *
 * @see [Randall2011], [SmithRandall2015], [Borghesani2013], [Antoni2007]
 */
export function diagnoseBearing(record: BearingRecord): BearingDiagnosis {
  const { sampleRateHz, geometry } = record
  const statedHz = record.shaftSpeedRpm !== null && record.shaftSpeedRpm > 0 ? record.shaftSpeedRpm / 60 : null
  const stated = statedHz === null ? null : bearingFrequencies(geometry, statedHz)
  const { rms } = describeWaveform(record.samples)
  const about = { count: record.samples.length, sampleRateHz, rms }
  const early = stated !== null && statedHz !== null ? whyUnanswerable(about, stated, statedHz) : rms > 0 ? null : 'the signal is constant'
  if (early !== null) return refusal(early, stated)

  const samples = removeMean(record.samples)
  const spectrum = realSpectrum(samples)
  const speed =
    statedHz === null || stated === null
      ? findShaftSpeed(spectrum, { sampleRateHz })
      : checkShaftSpeed(spectrum, { sampleRateHz, givenHz: statedHz, cageHz: stated.ftf })
  const shaftHz = speed.estimatedHz ?? statedHz
  if (shaftHz === null) {
    return refusal(
      'cannot tell, because the shaft speed is not known and no harmonics of one shaft stand out; state it, e.g. --speed 1797, or set speed_sensor in the site file',
      null,
    )
  }
  const frequencies = bearingFrequencies(geometry, shaftHz)
  const obstacle = whyUnanswerable(about, frequencies, shaftHz)
  if (obstacle !== null) return { ...refusal(obstacle, stated), ...speedOf(speed, statedHz) }

  const band = impulsiveBand(samples, { sampleRateHz, leastWidthHz: 3 * frequencies.bpfi })
  const { look, elsewhere } = lookAtRecord(spectrum, {
    sampleRateHz,
    geometry,
    shaftHz,
    chosen: rangeOf(band),
    speedIs: speed.estimatedHz === null ? 'stated' : 'seen',
  })
  const { ranked, evidence } = look
  const ranking = scoresOf(ranked)
  const machine = { frequencies: bearingFrequencies(geometry, look.shaftHz), shaftHz: look.shaftHz }
  return {
    frequenciesHz: stated ?? frequencies,
    ...concludeVerdict(ranking, {
      decoyShare: ranked[0] ? decoyShare(evidence, ranked[0], machine) : null,
      mains: look.mains,
      speed,
      statedHz,
      impliedHz: look.impliedHz,
      elsewhere,
    }),
    ranking,
    evidence: linesShown(ranked, evidence.views),
    band,
    ...speedOf(speedByLines(speed, [look.impliedHz, elsewhere?.shaftHz ?? null]), statedHz),
  }
}

function linesShown(ranked: readonly JudgedFault[], views: readonly EnvelopeView[]): FoundLine[] {
  const [better, other] = ranked.map(({ pattern, comb }) => ({ pattern, slip: comb.slip }))
  return better === undefined ? [] : linesOfBoth(better, other, views)
}

/** The shaft's speed, or the other one that a fault's lines ask for. */
function speedByLines(speed: ShaftSpeed, others: readonly (number | null)[]): ShaftSpeed {
  const otherHz = others.find((hz) => hz !== null)
  return otherHz ? { estimatedHz: otherHz, isPlausible: false } : speed
}

function rangeOf({ centreHz, widthHz }: NonNullable<BearingDiagnosis['band']>): FrequencyBand {
  return { lowHz: centreHz - widthHz / 2, highHz: centreHz + widthHz / 2 }
}

/** All four faults as the answer lists them, best first. */
function scoresOf(ranked: readonly JudgedFault[]): readonly FaultScore[] {
  return ranked.map(({ pattern, comb, log10Chance, share }) => ({
    fault: pattern.fault,
    score: Math.max(0, Math.min(1, share)),
    log10Chance,
    slip: comb.slip,
  }))
}

function speedOf(speed: ShaftSpeed, statedHz: number | null): Pick<BearingDiagnosis, 'estimatedSpeedRpm' | 'speedPlausible'> {
  return {
    estimatedSpeedRpm: speed.estimatedHz === null ? null : speed.estimatedHz * 60,
    speedPlausible: statedHz === null ? null : speed.isPlausible,
  }
}

function refusal(reason: string, frequenciesHz: BearingFrequencies | null): BearingDiagnosis {
  return {
    frequenciesHz,
    verdict: 'uncertain',
    confidence: 0,
    reason,
    ranking: BEARING_FAULTS.map((fault) => ({ fault, score: 0, log10Chance: 0, slip: 0 })),
    evidence: [],
    band: null,
    estimatedSpeedRpm: null,
    speedPlausible: null,
  }
}
