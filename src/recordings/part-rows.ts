import { MANIFEST_SCHEMA, PART_TABLES, type PartTable, type RecordingManifest } from '../readings/recording-layout.js'
import { sqlText } from './sql-text.js'

/** Columns that earlier versions did not write, and what they are. */
const LATER_COLUMNS: Readonly<Record<string, string>> = { sample_count: 'len(samples)' }

/**
 * The rows of parts of one table, with all its columns whatever version wrote them. Parts of earlier versions are opened as a whole for
 * columns that they lack.
 */
export function partRowsSql(table: PartTable, paths: readonly string[], manifest: RecordingManifest): string {
  const list = `[${paths.map(sqlText).join(', ')}]`
  const later = Object.keys(PART_TABLES[table]).filter(isCounted)
  if (later.length === 0 || (manifest.schema === MANIFEST_SCHEMA && manifest.raisedFrom === undefined)) return `read_parquet(${list})`
  if (manifest.schema !== MANIFEST_SCHEMA)
    return `(SELECT *, ${later.map((name) => typed(table, name, valueSql(name))).join(', ')} FROM read_parquet(${list}))`
  const either = later.map((name) => typed(table, name, `coalesce(${name}, ${valueSql(name)})`))
  return `(SELECT * REPLACE (${either.join(', ')}) FROM (FROM ${emptySql(table)} UNION ALL BY NAME FROM read_parquet(${list}, union_by_name = true)))`
}

/** No rows, but the right columns. */
export function emptySql(table: PartTable): string {
  const columns = Object.keys(PART_TABLES[table]).map((name) => typed(table, name, 'NULL'))
  return `(SELECT ${columns.join(', ')} WHERE false)`
}

/** What a column is to hold, out of rows that any version wrote. */
export function valueSql(column: string): string {
  return LATER_COLUMNS[column] ?? column
}

/** Whether a column says nothing that the others do not say. */
export function isCounted(column: string): boolean {
  return column in LATER_COLUMNS
}

/** The columns that every version wrote. */
export function storedColumns(table: PartTable): string {
  return Object.keys(PART_TABLES[table])
    .filter((name) => !isCounted(name))
    .join(', ')
}

function typed(table: PartTable, name: string, value: string): string {
  const types: Readonly<Record<string, string>> = PART_TABLES[table]
  return `${value}::${types[name]} AS ${name}`
}
