import { theilSenTrend } from './theil-sen.js'

/** The longest unit that the record is at least as long as: a slope in a longer one would be an extrapolation. */
const SLOPE_UNITS = [
  [86_400, 'd'],
  [3600, 'h'],
  [60, 'min'],
  [1, 's'],
] as const

/** `analyze trend --json`. */
export interface SensorTrend {
  readonly schema: 'chatterfix/trend/1'
  readonly sensor: string
  readonly count: number
  readonly durationS: number
  /** Of the sensor. */
  readonly unit: string | null
  /** In `slopeUnit`. */
  readonly slope: number
  readonly interval: readonly [low: number, high: number]
  readonly confidence: number
  /** The sensor’s unit per second, minute, hour or day: the longest of them that the record covers. */
  readonly slopeUnit: string
  readonly pValue: number
  readonly tau: number
  /** `none` where the interval holds 0. */
  readonly direction: 'rising' | 'falling' | 'none'
  /** Value of the line at the first and at the last reading. */
  readonly line: { readonly from: number; readonly to: number }
  readonly warnings: readonly string[]
}

/**
 * A sensor's trend in the unit people speak of. Readings of the same time are taken once (the first).
 * @throws AnalysisFault as theilSenTrend.
 */
export function sensorTrend(series: {
  readonly sensor: string
  readonly unit: string | null
  readonly timeS: Float64Array
  readonly value: Float64Array
}): SensorTrend {
  const kept = [...series.timeS.keys()].filter((k) => k === 0 || (series.timeS[k] ?? 0) > (series.timeS[k - 1] ?? 0))
  // Seconds since the first reading: seconds since 1970 would cost nine digits.
  const origin = series.timeS[0] ?? 0
  const timeS = Float64Array.from(kept, (k) => (series.timeS[k] ?? 0) - origin)
  const trend = theilSenTrend({ timeS, value: Float64Array.from(kept, (k) => series.value[k] ?? 0) })
  const durationS = timeS.at(-1) ?? 0
  const [perS, word] = SLOPE_UNITS.find(([lengthS]) => durationS >= lengthS) ?? ([1, 's'] as const)
  const [low, high] = trend.intervalPerS
  const repeated = series.timeS.length - kept.length
  return {
    schema: 'chatterfix/trend/1',
    sensor: series.sensor,
    count: trend.count,
    durationS,
    unit: series.unit,
    slope: trend.slopePerS * perS,
    interval: [low * perS, high * perS],
    confidence: trend.confidence,
    slopeUnit: `${series.unit ?? '1'}/${word}`,
    pValue: trend.pValue,
    tau: trend.tau,
    direction: low > 0 ? 'rising' : high < 0 ? 'falling' : 'none',
    line: { from: trend.intercept, to: trend.intercept + trend.slopePerS * durationS },
    warnings: [
      ...(series.unit === null ? ['the unit of the sensor is not stated'] : []),
      ...(repeated > 0 ? [`${repeated} readings repeat the time of the one before and were left out`] : []),
    ],
  }
}
