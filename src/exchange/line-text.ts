import { sqlText } from '../recordings/sql-text.js'

/**
 * Cells as SQL that makes text of a column, so that DuckDB writes whole lines itself: as fast as its own COPY, and every format
 * is told in one place. All of them give text, never NULL.
 */

/** RFC 3339 in UTC with microseconds. Calendar times only: DuckDB's infinities have no text. */
export function timeSql(column: string): string {
  return `strftime(${column}, '%Y-%m-%dT%H:%M:%S.%fZ')`
}

/** What a spreadsheet would run: formulas, by their first character. A quote before it makes it text; texts that begin with such quotes get one more, so that it can be undone. */
const ACTIVE = `^''*[=+\\-@\t\r]`
/** What needs no second look: the names and units of most sensors. */
const PLAIN = '^[A-Za-z0-9_/°%µ][^",\r\n]*$'

/** A text cell of RFC 4180: NULL is empty, the empty text is `""`. */
export function csvTextSql(column: string): string {
  const guarded = `CASE WHEN regexp_matches(${column}, '${ACTIVE}') THEN '''' || ${column} ELSE ${column} END`
  return `CASE WHEN ${column} IS NULL THEN '' WHEN regexp_matches(${column}, '${PLAIN}') THEN ${column} ELSE '"' || replace(${guarded}, '"', '""') || '"' END`
}

/** Undoes csvTextSql's guard on a cell that has been read. */
export function csvUnguardedSql(column: string): string {
  return `CASE WHEN starts_with(${column}, '''') AND regexp_matches(${column}, '^''+[=+\\-@\t\r]') THEN substr(${column}, 2) ELSE ${column} END`
}

function csvCellSql(column: string, type: string): string {
  switch (type) {
    case 'TIMESTAMP':
      return timeSql(column)
    case 'VARCHAR':
      return csvTextSql(column)
    case 'VARCHAR[]':
      return `'"' || replace(to_json(${column})::VARCHAR, '"', '""') || '"'`
    case 'FLOAT[]':
    case 'DOUBLE[]':
      return `'"' || ${column}::VARCHAR || '"'`
    default:
      return column
  }
}

/** What the samples of double precision are called in CSV, which has no types. */
export const DOUBLE_SAMPLES = 'samples_float64'

type Columns = readonly (readonly [name: string, type: string])[]

/** Lines of CSV, without their LF (COPY writes it): RFC 4180 ends them with CR LF. */
export function csvLineSql(columns: Columns): string {
  return `concat_ws(',', ${columns.map(([name, type]) => `coalesce((${csvCellSql(name, type)})::VARCHAR, '')`).join(', ')}) || chr(13)`
}

/** JSON has no NaN and no infinities; they become texts, which DuckDB reads back. */
function jsonCellSql(column: string, type: string): string {
  switch (type) {
    case 'TIMESTAMP':
      return `'"' || ${timeSql(column)} || '"'`
    case 'VARCHAR':
    case 'VARCHAR[]':
      return `to_json(${column})::VARCHAR`
    case 'DOUBLE':
    case 'FLOAT':
      return `CASE WHEN isfinite(${column}) THEN ${column}::VARCHAR ELSE '"' || ${column}::VARCHAR || '"' END`
    case 'FLOAT[]':
    case 'DOUBLE[]':
      return `CASE WHEN contains(${column}::VARCHAR, 'n') THEN regexp_replace(${column}::VARCHAR, '(-?inf|-?nan)', '"\\1"', 'g') ELSE ${column}::VARCHAR END`
    case 'BIGINT':
      // Beyond 2^53 most readers of JSON round.
      return `CASE WHEN abs(${column}) > 9007199254740991 THEN '"' || ${column}::VARCHAR || '"' ELSE ${column}::VARCHAR END`
    default:
      return `${column}::VARCHAR`
  }
}

/** `{"table":"readings","time":…}`: one object a row, its table first. */
export function jsonLineSql(table: string, columns: Columns): string {
  const fields = columns.map(([name, type]) => `',"${name}":', coalesce(${jsonCellSql(name, type)}, 'null')`)
  return `concat(${sqlText(`{"table":"${table}"`)}, ${fields.join(', ')}, '}')`
}
