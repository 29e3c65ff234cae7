import { AnalysisFault } from '../analysis-fault.js'
import { medianOf } from '../statistics/median.js'

/** A limit that was learnt once and is never moved by what comes later. */
export interface FrozenBaseline {
  /** How many values it was learnt from. */
  readonly count: number
  readonly median: number
  /** Median of |x − median|. */
  readonly mad: number
  /** Which greatest value of the baseline is the limit; 1 is the greatest of all. */
  readonly rank: number
  readonly limit: number
}

export interface OnsetRule {
  /** So many values after each other must lie above the limit. */
  readonly consecutive: number
  /** Chance of a false alarm anywhere in what was watched, where nothing changes. */
  readonly falseAlarmProbability: number
}

export interface Onset {
  /** Of the first value of the run that lies above. */
  readonly index: number
  /** Of the value at which the run was long enough. */
  readonly detectedIndex: number
}

/** A baseline of fewer values cannot be told from chance by any short run. */
export const LEAST_BASELINE = 10
const MOST_CONSECUTIVE = 50
/** So many of the baseline's values may be spikes that say nothing of the machine: the limit lies below them. */
const SPIKES = 0.02

/** @param values shape (n,), n ≥ 10, one unit. @throws AnalysisFault `too-few-samples`, `not-finite`. */
export function baselineOf(values: Float64Array): FrozenBaseline {
  if (values.length < LEAST_BASELINE)
    throw new AnalysisFault('too-few-samples', `${values.length} values are no baseline; ${LEAST_BASELINE} are the least`)
  if (!values.every(Number.isFinite)) throw new AnalysisFault('not-finite', 'the baseline holds values that are no finite numbers')
  const median = medianOf(values.slice())
  const rank = 1 + Math.floor(SPIKES * values.length)
  const limit = values.toSorted()[values.length - rank]!
  return { count: values.length, median, mad: medianOf(values.map((value) => Math.abs(value - median))), rank, limit }
}

/**
 * The shortest run above the r-th greatest of n baseline values that chance does not give within `watched` further values but with probability `level`.
 *
 * Where nothing changes, all n + m values are exchangeable, whatever their distribution: m certain ones all lie above the r-th greatest of the
 * others with probability C(m + r − 1, m)/C(n + m, m), as then they are m of the m + r − 1 greatest. A run may begin at `watched` places (Bonferroni).
 *
 * @throws AnalysisFault `too-few-samples` where no run of up to 50 is that unlikely.
 */
export function onsetRule(options: {
  readonly baseline: Pick<FrozenBaseline, 'count' | 'rank'>
  readonly watched: number
  readonly level: number
}): OnsetRule {
  const { baseline, watched, level } = options
  let chance = 1
  for (let m = 1; m <= MOST_CONSECUTIVE; m++) {
    chance *= (baseline.rank - 1 + m) / (baseline.count + m)
    const falseAlarmProbability = Math.max(1, watched - m + 1) * chance
    if (falseAlarmProbability <= level) return { consecutive: m, falseAlarmProbability }
  }
  throw new AnalysisFault(
    'too-few-samples',
    `a baseline of ${baseline.count} values does not support a false-alarm probability of ${level}`,
  )
}

/** The first run above the limit that is long enough, or null. @param from  index of the first value after the baseline. */
export function findOnset(
  values: Float64Array,
  watch: { readonly from: number; readonly limit: number; readonly consecutive: number },
): Onset | null {
  let run = 0
  for (let k = watch.from; k < values.length; k++) {
    run = values[k]! > watch.limit ? run + 1 : 0
    if (run === watch.consecutive) return { index: k - run + 1, detectedIndex: k }
  }
  return null
}
