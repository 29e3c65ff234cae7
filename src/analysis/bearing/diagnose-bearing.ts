import type { BearingGeometry } from '../../readings/asset.js'
import type { Samples } from '../samples.js'
import { removeMean } from '../spectrum/detrend.js'
import { realSpectrum } from '../spectrum/real-spectrum.js'
import { describeWaveform } from '../time-domain/describe-waveform.js'
import { type BearingFrequencies, bearingFrequencies } from '../vibration/bearing-frequencies.js'
import { whyUnanswerable } from './answerable.js'
import { searchComb } from './comb-search.js'
import { concludeVerdict, NOTICED_AT_LOG10 } from './conclude-verdict.js'
import { decoyShare } from './decoys.js'
import type { BearingDiagnosis, FaultScore } from './diagnosis.js'
import { BEARING_FAULTS, faultPattern, HARMONICS } from './fault-pattern.js'
import { foundLines } from './found-lines.js'
import { fuseEvidence } from './fused-evidence.js'
import { impulsiveBand } from './impulsive-band.js'
import { LINE_CAP } from './line-evidence.js'
import { checkShaftSpeed } from './shaft-speed.js'
import { logChanceOf, noiseOfEvidence, scoreOfNoise } from './significance.js'

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
 * puts it; the mean evidence of its lines is the score. A fault is called when noise would score as much less than once in 10^4 and when the
 * same pattern elsewhere in the record does not. A stated speed that the record contradicts is replaced by the record's own, and the diagnosis says so.
 *
 * @see [Randall2011], [SmithRandall2015], [Borghesani2013], [Antoni2007]
 */
export function diagnoseBearing(record: BearingRecord): BearingDiagnosis {
  if (record.shaftSpeedRpm === null || !(record.shaftSpeedRpm > 0)) return refusal('the shaft speed is not known', null)
  const statedHz = record.shaftSpeedRpm / 60
  const stated = bearingFrequencies(record.geometry, statedHz)
  const { rms } = describeWaveform(record.samples)
  const obstacle = whyUnanswerable({ count: record.samples.length, sampleRateHz: record.sampleRateHz, rms }, stated, statedHz)
  if (obstacle !== null) return refusal(obstacle, stated)

  const { sampleRateHz } = record
  const samples = removeMean(record.samples)
  const spectrum = realSpectrum(samples)
  const speed = checkShaftSpeed(spectrum, { sampleRateHz, givenHz: statedHz })
  const shaftHz = speed.estimatedHz ?? statedHz
  const frequencies = bearingFrequencies(record.geometry, shaftHz)
  const band = impulsiveBand(samples, { sampleRateHz, leastWidthHz: 3 * frequencies.bpfi })
  const evidence = fuseEvidence(spectrum, {
    sampleRateHz,
    shaftHz,
    maxHz: (HARMONICS + 0.2) * Math.max(frequencies.bpfi, 2 * frequencies.bsf) + 2 * shaftHz,
    chosen: { lowHz: band.centreHz - band.widthHz / 2, highHz: band.centreHz + band.widthHz / 2 },
  })
  const noise = noiseOfEvidence(evidence.evidence)
  const combs = BEARING_FAULTS.map((fault) => {
    const pattern = faultPattern(fault, frequencies, shaftHz)
    const comb = searchComb(evidence, pattern)
    return { pattern, comb, log10Chance: logChanceOf(comb, noise) / Math.LN10 }
  })
  const ballIsNoticed = combs.some(({ pattern, log10Chance }) => pattern.fault === 'ball' && log10Chance <= NOTICED_AT_LOG10)
  const ranked = combs
    .map((found) => ({
      ...found,
      score: scoreOf(found.pattern.fault, found.comb.score - scoreOfNoise(found.comb, noise), ballIsNoticed ? 'ball-noticed' : 'alone'),
    }))
    .sort((a, b) => b.score - a.score)
  const ranking = ranked.map(
    ({ pattern, comb, log10Chance, score }): FaultScore => ({
      fault: pattern.fault,
      score: Math.max(0, Math.min(1, score)),
      log10Chance,
      slip: comb.slip,
    }),
  )
  const decoys = ranked[0] ? decoyShare(evidence, ranked[0], { frequencies, shaftHz }) : null
  return {
    frequenciesHz: stated,
    ...concludeVerdict(ranking, { decoyShare: decoys, speed, statedHz }),
    ranking,
    evidence: ranked.slice(0, 2).flatMap(({ pattern, comb }) => foundLines(pattern, comb.slip, evidence.views)),
    band,
    estimatedSpeedRpm: speed.estimatedHz === null ? null : speed.estimatedHz * 60,
    speedPlausible: speed.isPlausible,
  }
}

/**
 * The cage's rate also modulates what rolling elements and a loaded outer race do, so its lines are shared evidence and count half;
 * where a rolling element's own lines are seen as well, these explain the cage's, which then say nothing more.
 */
function scoreOf(fault: FaultScore['fault'], overNoise: number, ball: 'ball-noticed' | 'alone'): number {
  const share = overNoise / (LINE_CAP - 1)
  if (fault !== 'cage') return share
  return ball === 'ball-noticed' ? Math.min(0, share) : share / 2
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
