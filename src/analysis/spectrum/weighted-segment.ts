import { AnalysisFault } from '../analysis-fault.js'

/**
 * w·(x − mean x) of one segment, into an array of the window's length.
 *
 * @throws AnalysisFault `not-finite`.
 */
export function weighSegment(segment: {
  readonly buffer: Float64Array
  readonly from: number
  readonly weights: Float64Array
  readonly into: Float64Array
}): void {
  const { buffer, from, weights, into } = segment
  const length = weights.length
  let sum = 0
  for (let k = 0; k < length; k++) sum += buffer[from + k]!
  if (!Number.isFinite(sum)) throw new AnalysisFault('not-finite', 'a segment holds values that are not finite numbers')
  const mean = sum / length
  for (let k = 0; k < length; k++) into[k] = (buffer[from + k]! - mean) * weights[k]!
}

/** 1/(fs·Σw²): from |FFT(w·x)|² to two-sided density. */
export function densityScale(weights: Float64Array, sampleRateHz: number): number {
  let power = 0
  for (const weight of weights) power += weight * weight
  return 1 / (sampleRateHz * power)
}
