import { AnalysisFault } from '../analysis-fault.js'

/** A short stretch of a record in a few numbers. */
export interface SignalBlock {
  /** Its first sample, counted from the start of the record. */
  readonly at: number
  readonly length: number
  readonly mean: number
  /** About the mean. */
  readonly rms: number
  readonly least: number
  readonly most: number
  readonly leastAt: number
  readonly mostAt: number
}

/**
 * @param samples shape (n,), n ≥ 1, unit u.
 * @throws AnalysisFault `not-finite`.
 */
export function describeBlock(samples: Float64Array, at: number): SignalBlock {
  let [sum, squares, leastAt, mostAt] = [0, 0, 0, 0]
  for (let k = 0; k < samples.length; k++) {
    const x = samples[k]!
    sum += x
    if (x < samples[leastAt]!) leastAt = k
    if (x > samples[mostAt]!) mostAt = k
  }
  if (!Number.isFinite(sum)) throw new AnalysisFault('not-finite', 'the record holds values that are not finite numbers')
  const mean = sum / samples.length
  for (let k = 0; k < samples.length; k++) squares += (samples[k]! - mean) ** 2
  return {
    ...{ at, length: samples.length, mean, rms: Math.sqrt(squares / samples.length) },
    ...{ least: samples[leastAt]!, most: samples[mostAt]!, leastAt: at + leastAt, mostAt: at + mostAt },
  }
}
