import type { EpochMicros } from '../readings/time.js'

/** A text as an SQL literal. For DDL, COPY and lists of files, which take no parameters. */
export function sqlText(text: string): string {
  // A NUL ends a statement early in the C interface; no path or key has one.
  return `'${text.replaceAll('\0', '').replaceAll("'", "''")}'`
}

/** A condition on `time`, [from, to), as far as it is bounded. */
export function betweenSql(range: { readonly from?: EpochMicros; readonly to?: EpochMicros }, column = 'time'): string {
  const { from = Number.NEGATIVE_INFINITY, to = Number.POSITIVE_INFINITY } = range
  const low = Number.isFinite(from) ? `AND ${column} >= make_timestamp(${Math.floor(from)}::BIGINT)` : ''
  const high = Number.isFinite(to) ? `AND ${column} < make_timestamp(${Math.floor(to)}::BIGINT)` : ''
  return `${low} ${high}`
}
