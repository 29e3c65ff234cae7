import type { Grade } from '../../history/envelope-ring.js'
import type { Row, Span, Style } from '../../rows/style.js'
import type { ShownTime } from '../charts/chart-time.js'
import { AXIS_COLUMNS } from '../charts/value-axis.js'

const LOOKS: Readonly<Record<Grade, { readonly sign: string; readonly style: Style }>> = {
  nothing: { sign: '·', style: { colour: 'grey' } },
  good: { sign: '▁', style: { colour: 'green' } },
  uncertain: { sign: '▄', style: { colour: 'yellow' } },
  bad: { sign: '█', style: { colour: 'red' } },
}
const WORST_FIRST: readonly Grade[] = ['bad', 'uncertain', 'good']

/** So many periods after a reading it still tells how good the sensor is. */
const LATE = 1.5

/**
 * How good the readings were over the shown time, cell by cell under the curve: the worse, the higher.
 *
 * @param grades    two to a cell.
 * @param periodMs  how often the sensor should speak.
 */
export function qualityTimeline(grades: readonly Grade[], shown: ShownTime, periodMs: number): Row {
  const cells = Array.from({ length: shown.cells }, (_, cell) => worstOf(grades[2 * cell], grades[2 * cell + 1]))
  const usual = Math.ceil((periodMs * LATE) / shown.cellMs)
  const spans = cells.map((grade, cell): Span => {
    const { sign, style } = LOOKS[grade === 'nothing' ? lately(cells, cell, usual) : grade]
    return { text: sign, style }
  })
  return [{ text: 'quality  │'.padStart(AXIS_COLUMNS), style: { colour: 'grey' } }, ...spans]
}

function worstOf(...grades: readonly (Grade | undefined)[]): Grade {
  return WORST_FIRST.find((grade) => grades.includes(grade)) ?? 'nothing'
}

/** Between two polls a sensor is as good as at the last one. */
function lately(cells: readonly Grade[], cell: number, within: number): Grade {
  for (let back = 1; back <= within; back++) {
    const grade = cells[cell - back]
    if (grade !== undefined && grade !== 'nothing') return grade
  }
  return 'nothing'
}
