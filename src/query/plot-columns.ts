import { type DuckDBType, DuckDBTypeId } from '@duckdb/node-api'
import { Fault } from '../faults/fault.js'
import type { ResultColumn } from '../recordings/caged-statement.js'
import { NUMBERS, TIMES } from './column-types.js'

/** One number to draw, as SQL over the columns c0, c1, …; `low` and `high` are the same but for aggregates. */
export interface PlottedValue {
  readonly name: string
  readonly low: string
  readonly high: string
}

/** What of a result is drawn, as SQL over its columns. */
export interface PlotColumns {
  /** A TIMESTAMP. */
  readonly time: string
  /** Texts that tell the curves apart. */
  readonly keys: readonly string[]
  readonly unit: string | null
  readonly values: readonly PlottedValue[]
}

const MOMENTS: ReadonlySet<DuckDBTypeId> = new Set([...TIMES, DuckDBTypeId.DATE])

/**
 * What to draw of whatever was selected: `time`, or the first time there is; `value`, or min to max where the rows are aggregates,
 * else every number; a curve for each sensor and recording, or for each value of the first text.
 *
 * @throws Fault QUERY_INVALID where there is no time or no number.
 */
export function plotColumns(columns: readonly ResultColumn[]): PlotColumns {
  const find = (isFit: (column: { readonly name: string; readonly type: DuckDBType }) => boolean) => columns.findIndex(isFit)
  const named = (name: string, types?: ReadonlySet<DuckDBTypeId>) =>
    find((column) => column.name.toLowerCase() === name && (types === undefined || types.has(column.type.typeId)))
  const isTime = (column: ResultColumn) => MOMENTS.has(column.type.typeId)
  const time = named('time', MOMENTS) >= 0 ? named('time', MOMENTS) : find(isTime)
  if (time < 0) throw missing('a time to draw over', columns)
  const number = (name: string) => (named(name, NUMBERS) < 0 ? null : finite(named(name, NUMBERS)))
  const values = valuesOf(columns, number)
  if (values.length === 0) throw missing('a number to draw', columns)
  const known = ['sensor', 'recording'].map((name) => named(name)).filter((i) => i >= 0)
  const text = find(({ name, type }) => type.typeId === DuckDBTypeId.VARCHAR && name.toLowerCase() !== 'unit')
  const keys = known.length > 0 ? known : text >= 0 ? [text] : []
  const unit = named('unit')
  return { time: `c${time}::TIMESTAMP`, keys: keys.map((i) => `c${i}::VARCHAR`), unit: unit < 0 ? null : `c${unit}::VARCHAR`, values }
}

function valuesOf(columns: readonly ResultColumn[], number: (name: string) => string | null): PlottedValue[] {
  const value = number('value')
  if (value !== null) return [{ name: '', low: value, high: value }]
  const [low, high] = [number('min'), number('max')]
  if (low !== null && high !== null) return [{ name: '', low, high }]
  return columns.flatMap(({ name, type }, i) => (NUMBERS.has(type.typeId) ? [{ name, low: finite(i), high: finite(i) }] : []))
}

function finite(column: number): string {
  return `CASE WHEN isfinite(c${column}::DOUBLE) THEN c${column}::DOUBLE END`
}

function missing(what: string, columns: readonly ResultColumn[]): Fault {
  return new Fault('QUERY_INVALID', {
    message: 'the rows cannot be drawn',
    because: `there is not ${what} among ${columns.map(({ name, type }) => `${name} (${type.toString()})`).join(', ')}`,
    advice: { example: 'chatterfix query "select time, sensor, value, unit from readings" --plot' },
  })
}
