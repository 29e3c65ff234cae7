import { type DuckDBType, DuckDBTypeId } from '@duckdb/node-api'
import { csvTextSql, timeSql } from '../exchange/line-text.js'
import type { ResultColumn } from '../recordings/caged-statement.js'
import { NUMBERS, TIMES } from './column-types.js'

/** A result as lines of CSV (RFC 4180) without their ends, in one column: cells as `recordings export` writes them. */
export function csvLinesSql(columns: readonly ResultColumn[], result: string): string {
  const cells = columns.map(({ type }, i) => `coalesce(${cellSql(`c${i}`, type)}, '')`)
  return `SELECT concat_ws(',', ${cells.join(', ')}) AS line FROM ${result}`
}

/** The first line. Names come from whoever wrote the query, and may be formulas as well. */
export function csvHeader(columns: readonly ResultColumn[]): string {
  return columns.map(({ name }) => csvText(name)).join(',')
}

function csvText(text: string): string {
  const guarded = /^'*[=+\-@\t\r]/.test(text) ? `'${text}` : text
  return /^[A-Za-z0-9_/°%µ][^",\r\n]*$/.test(text) ? text : `"${guarded.replaceAll('"', '""')}"`
}

const NESTED: ReadonlySet<DuckDBTypeId> = new Set([DuckDBTypeId.LIST, DuckDBTypeId.ARRAY, DuckDBTypeId.STRUCT, DuckDBTypeId.MAP])

function cellSql(column: string, type: DuckDBType): string {
  const { typeId } = type
  if (NUMBERS.has(typeId) || typeId === DuckDBTypeId.BOOLEAN) return `${column}::VARCHAR`
  if (TIMES.has(typeId)) return `CASE WHEN isfinite(${column}) THEN ${timeSql(`${column}::TIMESTAMP`)} ELSE ${column}::VARCHAR END`
  // JSON has no NaN; of a list of numbers DuckDB's own text is JSON but for that.
  if (NESTED.has(typeId) && !isListOfFloats(type)) return csvTextSql(`to_json(${column})::VARCHAR`)
  return csvTextSql(typeId === DuckDBTypeId.VARCHAR ? column : `${column}::VARCHAR`)
}

function isListOfFloats(type: DuckDBType): boolean {
  if (!('valueType' in type)) return false
  const { typeId } = type.valueType
  return typeId === DuckDBTypeId.FLOAT || typeId === DuckDBTypeId.DOUBLE
}
