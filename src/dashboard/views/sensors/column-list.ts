import { fitWidth } from '../../../output/display-width.js'
import type { Picture } from '../../picture.js'
import type { Row } from '../../rows/style.js'
import { COLUMN_IDS } from './column.js'
import { COLUMNS } from './columns.js'
import { fitColumns } from './fit-columns.js'
import type { SensorsState } from './sensors-state.js'

const KEYS = '↑↓ choose  space shows or hides  ←→ moves  s sorts by it  S turns the order  r as it was  Esc done'

/** What the table can show, the shown ones first and in their order. */
export function columnList(
  picture: Picture,
  state: SensorsState,
  size: { readonly columns: number; readonly rows: number },
): readonly Row[] {
  const shown = state.columns ?? fitColumns(null, size.columns, picture.live).map(({ column }) => column.id)
  const list = [...shown, ...COLUMN_IDS.filter((id) => !shown.includes(id))]
  const cursor = list.indexOf(state.atColumn)
  const visible = Math.max(1, size.rows - 1)
  const top = Math.max(0, Math.min(cursor - visible + 1, list.length - visible))
  const rows = list.slice(top, top + visible).map((id): Row => {
    const isHere = id === state.atColumn
    const sorted = state.sort !== id ? '' : state.direction === 'natural' ? '  sorted by it' : '  sorted by it, the other way round'
    return [
      { text: isHere ? ' ▸ ' : '   ', style: { weight: 'bold', colour: 'cyan' } },
      { text: shown.includes(id) ? '[x] ' : '[ ] ' },
      { text: fitWidth(id, 12), ...(isHere ? { style: { field: 'reverse' } as const } : {}) },
      { text: `  ${COLUMNS[id].about}`, style: { colour: 'grey' } },
      { text: sorted, style: { colour: 'cyan' } },
    ]
  })
  return [[{ text: ` ${KEYS}`, style: { colour: 'grey' } }], ...rows]
}
