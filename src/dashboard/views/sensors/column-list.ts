import { fitWidth } from '../../../output/display-width.js'
import type { Picture } from '../../picture.js'
import type { Row } from '../../rows/style.js'
import { COLUMN_KEYS, columnsToChoose } from './choose-columns.js'
import { COLUMNS } from './columns.js'
import type { SensorsState } from './sensors-state.js'

/** What the table can show, the shown ones first and in their order. */
export function columnList(
  picture: Picture,
  state: SensorsState,
  size: { readonly columns: number; readonly rows: number },
): readonly Row[] {
  const { shown, all } = columnsToChoose(picture, state, size.columns)
  const cursor = all.indexOf(state.atColumn)
  const visible = Math.max(1, size.rows - 1)
  const top = Math.max(0, Math.min(cursor - visible + 1, all.length - visible))
  const rows = all.slice(top, top + visible).map((id): Row => {
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
  return [[{ text: ` ${COLUMN_KEYS}`, style: { colour: 'grey' } }], ...rows]
}
