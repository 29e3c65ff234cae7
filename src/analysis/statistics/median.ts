import { nthSmallest } from './nth-smallest.js'

/**
 * The middle value, of an even count the mean of the middle two; the order of the values changes.
 *
 * @param values shape (m,), finite.
 * @returns unit of the values; NaN where there are none.
 */
export function medianOf(values: Float64Array): number {
  const { length } = values
  return (nthSmallest(values, (length - 1) >> 1) + nthSmallest(values, length >> 1)) / 2
}
