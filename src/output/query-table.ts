import type { JsonValue } from '../recordings/json-value.js'
import { byteText } from './byte-text.js'
import { formatTable } from './table.js'
import { terminalSafe } from './terminal-safe.js'

/** The first rows of a result, and how many there are. */
export interface ResultSample {
  readonly columns: readonly string[]
  /** Cells in the order of the columns. */
  readonly rows: readonly (readonly JsonValue[])[]
  /** All rows; `beyond`: more than were counted. */
  readonly count: number
  readonly beyond: boolean
}

const MAX_LIST_ITEMS = 8
const MAX_CELL_WIDTH = 80

/** The rows of a query for people. */
export function formatQueryTable({ columns, rows, count, beyond }: ResultSample): string {
  const table = formatTable(
    [...columns],
    rows.map((row) => columns.map((_, i) => cellOf(row[i] ?? null))),
  )
  const counted = `${beyond ? 'more than ' : ''}${count} ${count === 1 ? 'row' : 'rows'}`
  return `${table}\n${count > rows.length ? `${counted}; the first ${rows.length} are shown, --format csv gives all` : counted}`
}

/** Where the rows of a query went. */
export function formatSavedAnswer({ file, rows, bytes }: { readonly file: string; readonly rows: number; readonly bytes: number }): string {
  return `${terminalSafe(file)}  ${rows} ${rows === 1 ? 'row' : 'rows'}, ${byteText(bytes)}`
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
