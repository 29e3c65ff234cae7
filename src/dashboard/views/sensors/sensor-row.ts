import { type Condition, conditionOf } from '../../live/condition.js'
import type { Picture } from '../../picture.js'
import type { Row, Span } from '../../rows/style.js'
import { limitStyle } from './cells.js'
import type { SensorCell } from './column.js'
import type { FittedColumn } from './fit-columns.js'

/** One sensor as a row of cells. */
export function sensorRow(
  picture: Picture,
  row: number,
  table: { readonly columns: readonly FittedColumn[]; readonly cursor: 'here' | 'elsewhere'; readonly name?: string | undefined },
): Row {
  const condition = conditionOf(picture.live, row, picture.moment)
  const quality = table.columns.some(({ column }) => column.id === 'quality') ? 'own-column' : 'in-value'
  const selection = table.cursor === 'here' ? 'selected' : 'other'
  const cell: SensorCell = { picture, row, condition, quality, selection, name: table.name }
  const spans: Span[] = [marker(condition, table.cursor === 'here' ? '▸' : ' ')]
  const isWide = (condition.level === 'bad' && quality === 'in-value') || (picture.live.texts[row] ?? null) !== null
  for (let index = 0; index < table.columns.length; index++) {
    const fitted = table.columns[index]
    if (!fitted) continue
    const { column, width } = fitted
    if (index > 0) spans.push({ text: ' '.repeat(column.gap) })
    const next = table.columns[index + 1]
    // A text or a reason has no unit, and takes its room.
    if (column.id === 'value' && isWide && next?.column.id === 'unit') {
      spans.push(...column.draw(cell, width + next.column.gap + next.width))
      index++
    } else spans.push(...column.draw(cell, width))
  }
  return spans
}

/** Where the cursor is, and the letters of a limit that is exceeded. */
function marker({ limit }: Condition, pointer: '▸' | ' '): Span {
  return { text: `${pointer}${(limit ?? '').padEnd(3)}`, style: limitStyle(limit) }
}
