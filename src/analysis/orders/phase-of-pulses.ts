import { AnalysisFault } from '../analysis-fault.js'
import type { ShaftPhase } from './shaft-phase.js'

/** Two rotations and a half: fewer pulses say nothing of how the speed changes. */
const LEAST_PULSES = 4
/** An interval is compared with the median of this many around it. */
const NEIGHBOURS = 9
/** An interval within 15 % of a whole multiple of its neighbours lost pulses; speed does not double from one pulse to the next. */
const WHOLE_WITHIN = 0.15
const MOST_LOST = 5
/** More repairs than this share of the pulses, and the train is not one to rely on. */
const MOST_REPAIRED = 0.02

export interface PulsePhase {
  readonly phase: ShaftPhase
  /** Pulses that were missing and were counted all the same. */
  readonly missing: number
  /** Pulses that came between two others and were left out. */
  readonly extra: number
}

/**
 * Rotations over time from pulses: each pulse is 1/p of a rotation. Missed and doubled pulses are recognised by the intervals around
 * them, repaired and counted.
 *
 * @param timeS shape (n,), n ≥ 4, seconds, increasing.
 * @param pulsesPerRevolution p > 0.
 * @throws AnalysisFault `too-few-samples`, `out-of-range` where more than 2 % of the pulses are missing or too many.
 */
export function phaseOfPulses(timeS: Float64Array, pulsesPerRevolution: number): PulsePhase {
  if (!(pulsesPerRevolution > 0)) throw new AnalysisFault('out-of-range', `${pulsesPerRevolution} pulses per rotation are none`)
  if (timeS.length < LEAST_PULSES) {
    throw new AnalysisFault('too-few-samples', `${timeS.length} tacho pulses say nothing of a speed, at least ${LEAST_PULSES} are needed`)
  }
  const kept = [timeS[0]!]
  const counts = [0]
  let missing = 0
  let extra = 0
  for (let k = 1; k < timeS.length; k++) {
    const usual = usualInterval(timeS, k)
    const ratio = (timeS[k]! - kept.at(-1)!) / usual
    if (ratio < 0.5) {
      extra++
      continue
    }
    const whole = Math.round(ratio)
    const isGap = whole >= 2 && whole <= MOST_LOST + 1 && Math.abs(ratio / whole - 1) <= WHOLE_WITHIN
    missing += isGap ? whole - 1 : 0
    kept.push(timeS[k]!)
    counts.push(counts.at(-1)! + (isGap ? whole : 1))
  }
  if (missing + extra > Math.max(1, MOST_REPAIRED * kept.length)) {
    throw new AnalysisFault(
      'out-of-range',
      `the tacho pulses are irregular: of ${timeS.length}, ${missing} are missing and ${extra} too many`,
    )
  }
  return {
    phase: { timeS: Float64Array.from(kept), revolutions: Float64Array.from(counts, (count) => count / pulsesPerRevolution) },
    missing,
    extra,
  }
}

/** Median of the intervals around pulse k. */
function usualInterval(timeS: Float64Array, k: number): number {
  const first = Math.max(1, Math.min(k - Math.floor(NEIGHBOURS / 2), timeS.length - NEIGHBOURS))
  const around: number[] = []
  for (let i = first; i < Math.min(timeS.length, first + NEIGHBOURS); i++) around.push(timeS[i]! - timeS[i - 1]!)
  around.sort((a, b) => a - b)
  return around[Math.floor(around.length / 2)]!
}
