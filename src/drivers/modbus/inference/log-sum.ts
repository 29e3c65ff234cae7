/** ln(e^a + e^b), without leaving the range of numbers. */
export function logAdd(a: number, b: number): number {
  if (a === Number.NEGATIVE_INFINITY) return b
  if (b === Number.NEGATIVE_INFINITY) return a
  return a > b ? a + Math.log1p(Math.exp(b - a)) : b + Math.log1p(Math.exp(a - b))
}

/** ln Σ e^x; minus infinity for nothing. */
export function logSum(logs: readonly number[]): number {
  const largest = logs.reduce((most, each) => Math.max(most, each), Number.NEGATIVE_INFINITY)
  if (largest === Number.NEGATIVE_INFINITY) return largest
  let sum = 0
  for (const each of logs) sum += Math.exp(each - largest)
  return largest + Math.log(sum)
}
