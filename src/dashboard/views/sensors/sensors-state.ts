import type { ColumnId } from './column.js'
import { isColumnId } from './column.js'

/** The orders that `s` walks through; any other column is sorted by in the list of columns. */
export const SORT_ORDERS = ['site', 'sensor', 'value', 'quality', 'age'] as const
export type SortKey = 'site' | ColumnId

export interface SensorsState {
  readonly top: number
  readonly filter: string
  readonly sort: SortKey
  /** Each column has a natural direction (names from A, values from the largest). */
  readonly direction: 'natural' | 'reversed'
  readonly arrangement: 'flat' | 'tree'
  /** Assets whose sensors are hidden in the tree. */
  readonly folded: readonly string[]
  /** The asset that the cursor is on; null while it is on the selected sensor. */
  readonly onAsset: string | null
  /** In their order; null: as the width allows. */
  readonly columns: readonly ColumnId[] | null
  readonly mode: 'table' | 'filter' | 'columns'
  /** The column with the cursor in `columns` mode. */
  readonly atColumn: ColumnId
}

export const FIRST_SENSORS: SensorsState = {
  top: 0,
  filter: '',
  sort: 'site',
  direction: 'natural',
  arrangement: 'flat',
  folded: [],
  onAsset: null,
  columns: null,
  mode: 'table',
  atColumn: 'sensor',
}

export const LONGEST_FILTER = 80
const FOLDED_KEPT = 1000

/** The same table with another filter; also what `--filter` and the command bar do. */
export function withFilter(state: SensorsState, filter: string): SensorsState {
  return { ...state, filter: filter.slice(0, LONGEST_FILTER), top: 0 }
}

export function restoreSensors(saved: unknown): SensorsState {
  const from = (typeof saved === 'object' && saved !== null ? saved : {}) as Partial<Record<keyof SensorsState, unknown>>
  const columns = Array.isArray(from.columns) ? [...new Set(from.columns.filter(isColumnId))] : []
  return {
    ...FIRST_SENSORS,
    filter: typeof from.filter === 'string' ? from.filter.slice(0, LONGEST_FILTER) : '',
    sort: from.sort === 'site' || isColumnId(from.sort) ? from.sort : 'site',
    direction: from.direction === 'reversed' ? 'reversed' : 'natural',
    arrangement: from.arrangement === 'tree' ? 'tree' : 'flat',
    folded: Array.isArray(from.folded) ? from.folded.filter((asset) => typeof asset === 'string').slice(0, FOLDED_KEPT) : [],
    columns: columns.length === 0 ? null : columns,
  }
}
