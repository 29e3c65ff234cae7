/** Widths of the table's columns for a screen width; 0 means not shown. */
export interface TableColumns {
  readonly name: number
  readonly value: number
  readonly unit: number
  readonly quality: number
  readonly age: number
  readonly trend: number
  readonly limits: number
}

const MARKER = 3
const VALUE = 10
const UNIT = 6
const AGE = 5
const QUALITY = 15
const LIMITS = 26
const WIDEST_NAME = 56

/** Fixed for a given width, so that nothing moves while values change. */
export function tableColumns(columns: number): TableColumns {
  const quality = columns >= 56 ? QUALITY : 0
  const limits = columns >= 118 ? LIMITS : 0
  const trend = columns >= 150 ? 30 : columns >= 100 ? 20 : columns >= 76 ? 12 : 0
  const gaps = 3 + (quality ? 1 : 0) + (trend ? 2 : 0) + (limits ? 2 : 0)
  const name = columns - MARKER - VALUE - UNIT - AGE - quality - trend - limits - gaps
  return { name: Math.min(WIDEST_NAME, Math.max(4, name)), value: VALUE, unit: UNIT, quality, age: AGE, trend, limits }
}
