/** Six significant digits, no exponent where the number can be read without one. */
export function formatNumber(value: number): string {
  if (!Number.isFinite(value)) return String(value)
  if (Number.isInteger(value) && Math.abs(value) < 1e15) return String(value)
  const size = Math.abs(value)
  return size >= 1e-4 && size < 1e9 ? String(Number(value.toPrecision(6))) : value.toExponential(4)
}
