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
const VALUE = 9
const UNIT = 6
const AGE = 4
const QUALITY = 14
const LIMITS = 26
const SHORTEST_NAME = 12
const WIDEST_TREND = 60

/** Fixed for a given width and set of names, so that nothing moves while values change. What names do not need goes to the trend. */
export function tableColumns(columns: number, sensors: { readonly longestName: number; readonly limits: 'stated' | 'none' }): TableColumns {
  const quality = columns >= 56 ? QUALITY : 0
  const limits = columns >= 118 && sensors.limits === 'stated' ? LIMITS : 0
  const leastTrend = columns >= 100 ? 20 : columns >= 76 ? 10 : 0
  const gaps = 3 + (quality ? 1 : 0) + (leastTrend ? 2 : 0) + (limits ? 2 : 0)
  const room = columns - MARKER - VALUE - UNIT - AGE - quality - leastTrend - limits - gaps
  const name = leastTrend === 0 ? Math.max(4, room) : Math.max(4, Math.min(room, Math.max(SHORTEST_NAME, sensors.longestName)))
  const trend = leastTrend === 0 ? 0 : Math.min(WIDEST_TREND, leastTrend + room - name)
  return { name, value: VALUE, unit: UNIT, quality, age: AGE, trend, limits }
}
