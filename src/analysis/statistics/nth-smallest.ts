/**
 * The value that would stand at place n if the values were sorted, without sorting them; their order changes.
 *
 * @param values shape (m,), finite.
 * @param n 0 ≤ n < m.
 * @see [Hoare1961]
 */
export function nthSmallest(values: Float64Array, n: number): number {
  let low = 0
  let high = values.length - 1
  while (low < high) {
    const pivot = values[n]!
    let i = low
    let j = high
    while (i <= j) {
      while (values[i]! < pivot) i++
      while (values[j]! > pivot) j--
      if (i > j) break
      const value = values[i]!
      values[i++] = values[j]!
      values[j--] = value
    }
    if (j < n) low = i
    if (n < i) high = j
  }
  return values[n]!
}
