import type { JsonValue } from '../recordings/json-value.js'
import type { QueryResult } from '../recordings/query-recording.js'
import { formatTable } from './table.js'
import { terminalSafe } from './terminal-safe.js'

/** Of these many rows a table is made; more is for `--json`. */
const MAX_ROWS = 1000
const MAX_LIST_ITEMS = 8
const MAX_CELL_WIDTH = 80

/** The rows of a query for people. */
export function formatQueryTable({ columns, rows }: QueryResult): string {
  const shown = rows.slice(0, MAX_ROWS).map((row) => columns.map((column) => cellOf(row[column] ?? null)))
  const table = formatTable([...columns], shown)
  const count = `${rows.length} ${rows.length === 1 ? 'row' : 'rows'}`
  return `${table}\n${rows.length > MAX_ROWS ? `${count}; the first ${MAX_ROWS} are shown, --json gives all` : count}`
}

function cellOf(value: JsonValue): string {
  if (value === null) return '–'
  if (typeof value === 'string') return terminalSafe(value, { maxWidth: MAX_CELL_WIDTH })
  if (isList(value) && value.length > MAX_LIST_ITEMS)
    return `${JSON.stringify(value.slice(0, MAX_LIST_ITEMS)).slice(0, -1)},… ${value.length} items]`
  return terminalSafe(JSON.stringify(value), { maxWidth: MAX_CELL_WIDTH })
}

function isList(value: JsonValue): value is readonly JsonValue[] {
  return Array.isArray(value)
}
