import type { Column, ColumnId } from './column.js'
import { COLUMNS } from './columns.js'

export interface FittedColumn {
  readonly column: Column
  readonly width: number
}

/** Pointer, letters of the limit, and a blank before the name. */
export const MARKER_WIDTH = 4
const SHORTEST_NAME = 12
const WIDEST_TREND = 60
const BROAD = 100

interface Known {
  readonly longestName: number
  readonly limits: 'stated' | 'none'
}

/**
 * The columns that fit a width, in order. Fixed for a given width and set of names, so that nothing moves while values change. Nothing chosen means
 * as many of the usual ones as help; of chosen ones the last give way. What names do not need goes to the trend.
 */
export function fitColumns(chosen: readonly ColumnId[] | null, width: number, known: Known): readonly FittedColumn[] {
  const ids = [...(chosen ?? usual(width, known))]
  const least = (id: ColumnId): number =>
    (id === 'sensor' ? SHORTEST_NAME : id === 'trend' && width >= BROAD ? 20 : COLUMNS[id].width) + COLUMNS[id].gap
  const needed = (): number => ids.reduce((sum, id) => sum + least(id), MARKER_WIDTH - 1)
  while (ids.length > 2 && needed() > width)
    ids.splice(
      ids.findLastIndex((id) => id !== 'sensor'),
      1,
    )
  const room = Math.max(4, width - needed() + (ids.includes('sensor') ? SHORTEST_NAME : 0))
  const name = ids.includes('trend') ? Math.min(room, Math.max(SHORTEST_NAME, known.longestName)) : room
  const widthOf = (id: ColumnId): number => {
    if (id === 'sensor') return name
    if (id !== 'trend') return COLUMNS[id].width
    return Math.min(WIDEST_TREND, least('trend') - COLUMNS.trend.gap + (ids.includes('sensor') ? room - name : room - 4))
  }
  return ids.map((id) => ({ column: COLUMNS[id], width: widthOf(id) }))
}

function usual(width: number, { limits }: Known): readonly ColumnId[] {
  return [
    'sensor',
    'value',
    'unit',
    ...(width >= 56 ? (['quality'] as const) : []),
    'age',
    ...(width >= 76 ? (['trend'] as const) : []),
    ...(width >= 118 && limits === 'stated' ? (['limits'] as const) : []),
  ]
}
