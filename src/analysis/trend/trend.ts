/** A trend of one sensor; what is null could not be told. */
export interface Trend {
  /** Readings that took part. */
  readonly count: number
  /** Theil–Sen, unit per second. */
  readonly slopePerS: number
  /** Confidence interval of the slope, unit per second. */
  readonly intervalPerS: readonly [low: number, high: number]
  readonly confidence: number
  /** Value of the line at the first time: median of x − slope·t. */
  readonly intercept: number
  /** Two-sided p of Mann–Kendall's test against no trend. */
  readonly pValue: number
  /** Kendall's τ-b of time and value. */
  readonly tau: number
}
