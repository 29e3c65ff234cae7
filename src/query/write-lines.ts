import { jsonSafe } from '../output/json-safe.js'
import type { CagedStatement } from '../recordings/caged-statement.js'
import { type JsonValue, jsonConverter } from '../recordings/json-value.js'
import { csvHeader, csvLinesSql } from './csv-cells.js'
import type { TextDrain } from './text-drain.js'

/** Writes a result of any size; a chunk of about two thousand rows is in memory. Returns the rows that were taken. */
export type WriteLines = (statement: CagedStatement, to: TextDrain) => Promise<number>

/** RFC 4180: a header, lines that end in CR LF. */
export const writeCsv: WriteLines = async (statement, to) => {
  let rows = 0
  if (!(await to.write(`${csvHeader(statement.columns)}\r\n`))) return rows
  for await (const chunk of statement.over((result) => csvLinesSql(statement.columns, result))) {
    if (!(await to.write(`${chunk.getColumnValues(0).join('\r\n')}\r\n`))) break
    rows += chunk.rowCount
  }
  return rows
}

/** One object a line. */
export const writeJsonLines: WriteLines = async (statement, to) => {
  let count = 0
  for await (const rows of jsonRows(statement)) {
    if (!(await to.write(rows.map((row) => `${row}\n`).join('')))) break
    count += rows.length
  }
  return count
}

/** One array, an object a line. */
export const writeJsonArray: WriteLines = async (statement, to) => {
  let count = 0
  if (!(await to.write('['))) return count
  for await (const rows of jsonRows(statement)) {
    if (!(await to.write(`${count === 0 ? '' : ','}\n${rows.join(',\n')}`))) return count
    count += rows.length
  }
  await to.write(count === 0 ? ']\n' : '\n]\n')
  return count
}

async function* jsonRows(statement: CagedStatement): AsyncGenerator<string[]> {
  const convert = await jsonConverter()
  const names = statement.columns.map(({ name }) => name)
  for await (const chunk of statement.chunks()) {
    yield chunk
      .getRows()
      .map((row) => jsonSafe(Object.fromEntries(names.map((name, i): [string, JsonValue] => [name, convert(row[i] ?? null)]))))
  }
}
