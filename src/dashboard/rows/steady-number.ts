const SIGNIFICANT_DIGITS = 4
const MAX_DECIMALS = 6
const WIDEST_INTEGER = 1e9

export interface NumberHistory {
  /** Largest magnitude that the sensor has shown. */
  readonly magnitude: number
  /** Whether every value so far was whole. */
  readonly values: 'whole' | 'fractional'
}

/**
 * A number with about four significant digits, whose decimals follow the largest magnitude seen and not the value at hand: the decimal point of a
 * sensor stays where it is. Whole numbers are told exactly up to 10^9.
 */
export function steadyNumber(value: number, history: NumberHistory): string {
  if (!Number.isFinite(value)) return Number.isNaN(value) ? 'not a number' : value > 0 ? '+∞' : '−∞'
  const magnitude = Math.max(history.magnitude, Math.abs(value))
  if (magnitude >= WIDEST_INTEGER) return minus(value.toExponential(SIGNIFICANT_DIGITS - 1))
  if (history.values === 'whole' && Number.isInteger(value)) return minus(String(value))
  if (magnitude === 0) return '0'
  const wholeDigits = Math.floor(Math.log10(magnitude)) + 1
  const decimals = SIGNIFICANT_DIGITS - wholeDigits
  if (decimals > MAX_DECIMALS) return minus(value.toExponential(SIGNIFICANT_DIGITS - 1))
  return minus(value.toFixed(Math.max(0, decimals)))
}

/** A count with a narrow grouping that every font has. */
export function countText(count: number): string {
  return String(Math.round(count)).replace(/\B(?=(\d{3})+$)/g, ',')
}

function minus(text: string): string {
  // A rounded-away value must not keep its sign: `-0.00` reads as a fault.
  return /^-0(\.0*)?$/.test(text) ? text.slice(1) : text.replace(/^-/, '−')
}
