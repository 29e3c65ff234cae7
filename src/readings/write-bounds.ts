/** What may be written to a place, in its unit: anything within a range, or certain values. */
export type WriteBounds = { readonly low: number; readonly high: number } | { readonly values: readonly number[] }

export function isWithin(bounds: WriteBounds, value: number): boolean {
  return 'values' in bounds ? bounds.values.includes(value) : value >= bounds.low && value <= bounds.high
}

/** `5 to 60`, `one of 0, 1, 2` */
export function describeBounds(bounds: WriteBounds): string {
  return 'values' in bounds ? `one of ${bounds.values.join(', ')}` : `${bounds.low} to ${bounds.high}`
}
