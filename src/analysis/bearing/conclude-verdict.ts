import type { BearingDiagnosis, FaultElsewhere, FaultScore } from './diagnosis.js'
import type { ShaftSpeed } from './shaft-speed.js'

/** Beyond this the model of the noise is less certain than the number. */
const MOST_CERTAIN = 6

/** Four faults are tried: one false call in 2,500 healthy records of pure noise. */
export const CALLED_AT_LOG10 = -4
/** Between the two: neither a call nor a clean bill. */
export const NOTICED_AT_LOG10 = -2.5
const DECOYS_ALLOWED = 0.1
/** A second fault this close to the first is as good a reading of the same lines. */
const TOO_CLOSE = 0.9

type Conclusion = Pick<BearingDiagnosis, 'verdict' | 'confidence' | 'reason'>

export interface VerdictContext {
  /** decoys.ts */
  readonly decoyShare: number | null
  /** mains-lines.ts */
  readonly mains: number | null
  readonly speed: ShaftSpeed
  readonly statedHz: number | null
  /** Where only another speed than the stated one lets a fault's lines fit. */
  readonly impliedHz: number | null
  /** look-at-multiples.ts */
  readonly elsewhere: FaultElsewhere | null
}

/** From scores to a word, its confidence and its reason. @param ranking best first. */
export function concludeVerdict(ranking: readonly FaultScore[], context: VerdictContext): Conclusion {
  const [first, second] = ranking
  if (!first) return { verdict: 'uncertain', confidence: 0, reason: 'nothing was looked at' }
  const { decoyShare, mains } = context
  const caveat = caveatOf(context)
  if (context.elsewhere !== null && context.statedHz !== null) return saysAnotherSpeed(context.elsewhere, context.statedHz)
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
  if (mains !== null) {
    return {
      verdict: 'uncertain',
      confidence: 0.3,
      reason: `lines of ${first.fault} stand clear, but they are multiples of the mains' ${mains} Hz, which a converter gives as well${caveat}`,
    }
  }
  if (second && second.log10Chance <= CALLED_AT_LOG10 && second.score > TOO_CLOSE * first.score) {
    return { verdict: 'uncertain', confidence: 0.4, reason: `${first.fault} and ${second.fault} fit about as well${caveat}` }
  }
  const cage = ranking.find(({ fault }) => fault === 'cage')
  if (first.fault === 'ball' && cage && cage.log10Chance < first.log10Chance) {
    return {
      verdict: 'uncertain',
      confidence: 0.4,
      reason: `lines of a rolling element are there, but those of the cage that carries it stand clearer: either may be damaged${caveat}`,
    }
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
    confidence: Math.min(0.99, 0.5 + 0.25 * margin + 0.25 * Math.min(1, first.score * 2)) * trustIn(context),
    reason: `lines of ${first.fault} stand where noise would put them less than once in 10^${Math.min(MOST_CERTAIN, Math.floor(-first.log10Chance))} records${caveat}`,
  }
}

function saysAnotherSpeed({ fault, shaftHz }: FaultElsewhere, statedHz: number): Conclusion {
  return {
    verdict: 'uncertain',
    confidence: 0.4,
    reason: `the stated ${inRpm(statedHz)} cannot be right, because lines of ${fault} fit ${inRpm(shaftHz)} much better than any fault's fit the stated speed; state the speed of this shaft`,
  }
}

function inRpm(hz: number): string {
  return `${(hz * 60).toFixed(0)} rpm`
}

/** A speed that the record contradicts, or that nobody stated, may be another shaft's. */
function trustIn({ speed, statedHz, impliedHz }: VerdictContext): number {
  if (statedHz === null) return 0.6
  return impliedHz !== null || !speed.isPlausible ? 0.8 : 1
}

function caveatOf({ speed, statedHz, impliedHz }: VerdictContext): string {
  if (statedHz === null) return speed.estimatedHz === null ? '' : `; no speed was stated, the record shows ${inRpm(speed.estimatedHz)}`
  if (impliedHz !== null) return `; the lines fit ${inRpm(impliedHz)} and lie further off ${inRpm(statedHz)} than slip explains`
  return speed.isPlausible || speed.estimatedHz === null
    ? ''
    : `; the stated ${inRpm(statedHz)} cannot be right, the record shows ${inRpm(speed.estimatedHz)}`
}
