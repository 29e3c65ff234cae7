import { AnalysisFault } from '../analysis-fault.js'
import { baselineOf, type FrozenBaseline, findOnset, LEAST_BASELINE, type OnsetRule, onsetRule } from './onset.js'
import { theilSenTrend } from './theil-sen.js'

/** Values of one indicator, in the order of their time. */
export interface IndicatorSeries {
  readonly indicator: string
  readonly unit: string | null
  /** What the places are: seconds from the first, or a count where nobody knows the time. */
  readonly axis: 's' | 'count'
  /** Shape (n,). */
  readonly at: Float64Array
  /** Shape (n,), unit. */
  readonly value: Float64Array
  /** What whoever reads the values should know of where they come from. */
  readonly notes?: readonly string[]
}

/** `analyze trend --indicator … --json`. */
export interface IndicatorTrend {
  readonly schema: 'chatterfix/indicator-trend/1'
  readonly indicator: string
  readonly unit: string | null
  readonly axis: 's' | 'count'
  readonly points: readonly { readonly at: number; readonly value: number }[]
  readonly baseline: FrozenBaseline & { readonly source: 'first values' | 'kept' }
  readonly rule: OnsetRule & { readonly reasoning: string }
  readonly onset: { readonly at: number; readonly detectedAt: number; readonly value: number } | null
  readonly warnings: readonly string[]
}

/** The share of false alarms that is accepted over all that is watched. */
const LEVEL = 0.01
/** Of the values, unless stated, the first so many are the baseline. */
const BASELINE_SHARE = 0.2
/** Of a baseline that itself rises with less chance than this, exchangeability is doubtful. */
const RISING_P = 0.01

/**
 * When an indicator began to lie above all that its baseline knew, and how sure that is no chance: onset.ts says by what reasoning.
 * @throws AnalysisFault `too-few-samples` where nothing is left to watch; as baselineOf and onsetRule.
 */
export function indicatorTrend(
  series: IndicatorSeries,
  wishes: { readonly kept: FrozenBaseline | null; readonly baselineCount: number | undefined },
): IndicatorTrend {
  const { value, at } = series
  const from = wishes.kept === null ? (wishes.baselineCount ?? Math.max(LEAST_BASELINE, Math.round(BASELINE_SHARE * value.length))) : 0
  if (value.length <= from)
    throw new AnalysisFault('too-few-samples', `${value.length} values leave none to watch beyond a baseline of ${from}`, moreValues(from))
  const baseline = wishes.kept ?? baselineOf(value.subarray(0, from))
  const rule = onsetRule({ baseline, watched: value.length - from, level: LEVEL })
  const onset = findOnset(value, { from, limit: baseline.limit, consecutive: rule.consecutive })
  const chance = rule.falseAlarmProbability.toPrecision(2)
  return {
    schema: 'chatterfix/indicator-trend/1',
    indicator: series.indicator,
    unit: series.unit,
    axis: series.axis,
    points: Array.from(value, (x, k) => ({ at: at[k] ?? k, value: x })),
    baseline: { ...baseline, source: wishes.kept === null ? 'first values' : 'kept' },
    rule: {
      ...rule,
      reasoning: `${rule.consecutive} values after each other above ${limitText(baseline)}: where nothing changes, whatever the distribution, that happens among ${value.length - from} values with a probability of at most ${chance}`,
    },
    onset: onset === null ? null : { at: at[onset.index]!, detectedAt: at[onset.detectedIndex]!, value: value[onset.detectedIndex]! },
    warnings: [...(series.notes ?? []), ...(wishes.kept === null ? baselineWarnings(at.subarray(0, from), value.subarray(0, from)) : [])],
  }
}

/** E.g. `the greatest of 40 values`. */
export function limitText({ rank, count }: FrozenBaseline): string {
  return rank === 1 ? `the greatest of ${count} values` : `all but the ${rank - 1} greatest of ${count} values`
}

function baselineWarnings(timeS: Float64Array, value: Float64Array): string[] {
  const { pValue, slopePerS } = theilSenTrend({ timeS, value })
  if (pValue >= RISING_P) return []
  const way = slopePerS > 0 ? 'rises' : 'falls'
  return [
    `the baseline itself ${way} (Mann–Kendall p ${pValue.toPrecision(2)}): its values are not alike, so the false-alarm probability is only a guide`,
  ]
}

/** A value comes from each of many files, or from each window of one. */
function moreValues(baseline: number): string {
  return `at least ${baseline + 1} files, or of one file or recording as many windows (--window SECONDS, 1 unless said); a baseline of earlier ones: --against FILE`
}
