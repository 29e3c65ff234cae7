import type { BearingDiagnosis, FaultScore } from './diagnosis.js'
import type { ShaftSpeed } from './shaft-speed.js'

/** Beyond this the model of the noise is less certain than the number. */
const MOST_CERTAIN = 6

/** Four faults are tried: one false call in 2,500 healthy records of pure noise. */
const CALLED_AT_LOG10 = -4
/** Between the two: neither a call nor a clean bill. */
export const NOTICED_AT_LOG10 = -2.5
const DECOYS_ALLOWED = 0.1
/** A second fault this close to the first is as good a reading of the same lines. */
const TOO_CLOSE = 0.9

type Conclusion = Pick<BearingDiagnosis, 'verdict' | 'confidence' | 'reason'>

/** From scores to a word, its confidence and its reason. @param ranking best first. */
export function concludeVerdict(
  ranking: readonly FaultScore[],
  context: { readonly decoyShare: number | null; readonly speed: ShaftSpeed; readonly statedHz: number },
): Conclusion {
  const [first, second] = ranking
  if (!first) return { verdict: 'uncertain', confidence: 0, reason: 'nothing was looked at' }
  const { decoyShare, speed, statedHz } = context
  const caveat =
    speed.isPlausible || speed.estimatedHz === null
      ? ''
      : `; the stated ${(statedHz * 60).toFixed(0)} rpm cannot be right, the record shows ${(speed.estimatedHz * 60).toFixed(0)} rpm`
  const surest = ranking.reduce((best, score) => Math.min(best, score.log10Chance), 0)
  if (surest > NOTICED_AT_LOG10) {
    return { verdict: 'healthy', confidence: 1 - 10 ** (surest / 2), reason: `no fault's lines stand out of the noise${caveat}` }
  }
  if (first.log10Chance > CALLED_AT_LOG10) {
    return {
      verdict: 'uncertain',
      confidence: 0.3,
      reason: `lines of ${first.fault} are there, but noise gives as much once in ${(10 ** -Math.max(-12, first.log10Chance)).toPrecision(2)} records${caveat}`,
    }
  }
  if (decoyShare !== null && decoyShare > DECOYS_ALLOWED) {
    return {
      verdict: 'uncertain',
      confidence: 0.3,
      reason: `the record is full of lines: ${Math.round(decoyShare * 100)} % of frequencies that mean nothing fit as well as ${first.fault}${caveat}`,
    }
  }
  if (second && second.log10Chance <= CALLED_AT_LOG10 && second.score > TOO_CLOSE * first.score) {
    return { verdict: 'uncertain', confidence: 0.4, reason: `${first.fault} and ${second.fault} fit about as well${caveat}` }
  }
  if (first.fault === 'cage') {
    return {
      verdict: 'cage',
      confidence: 0.55,
      reason: `lines of the cage stand clear; a defect on a rolling element that hides its own lines would look the same${caveat}`,
    }
  }
  const margin = 1 - (second ? second.score / first.score : 0)
  return {
    verdict: first.fault,
    confidence: Math.min(0.99, 0.5 + 0.25 * margin + 0.25 * Math.min(1, first.score * 2)) * (caveat === '' ? 1 : 0.8),
    reason: `lines of ${first.fault} stand where noise would put them less than once in 10^${Math.min(MOST_CERTAIN, Math.floor(-first.log10Chance))} records${caveat}`,
  }
}
