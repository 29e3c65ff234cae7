import type { DuckDBValue } from '@duckdb/node-api'
import { formatMicros } from '../readings/time.js'

export type JsonValue = null | boolean | number | string | readonly JsonValue[] | { readonly [name: string]: JsonValue }

/** ECMA-262: a Date reaches 8.64e15 ms to either side. */
const MAX_EPOCH_MICROS = 8_640_000_000_000_000_000n
/** A double holds 15 decimal digits exactly. */
const EXACT_DIGITS = 15n

/**
 * Gives a function that turns values of DuckDB into what JSON can say: times as RFC 3339 with microseconds, integers beyond 2^53
 * as texts, NaN and infinities as null, lists as arrays.
 */
export async function jsonConverter(): Promise<(value: DuckDBValue) => JsonValue> {
  const duck = await import('@duckdb/node-api')

  function convert(value: DuckDBValue): JsonValue {
    if (value === null || typeof value === 'string' || typeof value === 'boolean') return value
    if (typeof value === 'number') return Number.isFinite(value) ? value : null
    if (typeof value === 'bigint') return integer(value)
    if (value instanceof duck.DuckDBTimestampValue || value instanceof duck.DuckDBTimestampTZValue) return time(value.micros, value)
    if (value instanceof duck.DuckDBTimestampNanosecondsValue) return time(value.nanos / 1000n, value)
    if (value instanceof duck.DuckDBTimestampMillisecondsValue) return time(value.millis * 1000n, value)
    if (value instanceof duck.DuckDBTimestampSecondsValue) return time(value.seconds * 1_000_000n, value)
    if (value instanceof duck.DuckDBDecimalValue) return decimal(value)
    if (value instanceof duck.DuckDBListValue || value instanceof duck.DuckDBArrayValue) return value.items.map(convert)
    if (value instanceof duck.DuckDBStructValue)
      return Object.fromEntries(Object.entries(value.entries).map(([name, entry]) => [name, convert(entry)]))
    if (value instanceof duck.DuckDBMapValue)
      return value.entries.map((entry) => ({ key: convert(entry.key), value: convert(entry.value) }))
    return String(value)
  }
  return convert
}

function integer(value: bigint): number | string {
  const number = Number(value)
  return Number.isSafeInteger(number) ? number : value.toString()
}

function time(micros: bigint, value: unknown): string {
  const inCalendar = micros <= MAX_EPOCH_MICROS && micros >= -MAX_EPOCH_MICROS
  return inCalendar ? formatMicros(Number(micros)) : String(value)
}

function decimal(decimal: { readonly value: bigint; toDouble(): number; toString(): string }): number | string {
  const digits = decimal.value < 0n ? -decimal.value : decimal.value
  return digits < 10n ** EXACT_DIGITS ? decimal.toDouble() : decimal.toString()
}
