import type { Grade } from '../../history/envelope-ring.js'
import { recentWindow } from '../../history/recent-window.js'
import type { Picture } from '../../picture.js'
import type { Row, Span, Style } from '../../rows/style.js'

const LOOKS: Readonly<Record<Grade, { readonly sign: string; readonly style: Style }>> = {
  nothing: { sign: '·', style: { colour: 'grey' } },
  good: { sign: '▁', style: { colour: 'green' } },
  uncertain: { sign: '▄', style: { colour: 'yellow' } },
  bad: { sign: '█', style: { colour: 'red' } },
}

/** So many periods after a reading it still tells how good the sensor is. */
const LATE = 1.5

/** How good the readings were over the span that the chart shows, a cell for each stretch: the worse, the higher. */
export function qualityTimeline({ live, moment }: Picture, row: number, columns: number): Row {
  const history = live.histories[row]
  const title: Span = { text: ' quality      ', style: { colour: 'grey' } }
  const cells = Math.max(1, columns - title.text.length - 1)
  if (!history?.finest) return [title, { text: 'no reading yet' }]
  const { grades, fromMs, untilMs } = recentWindow(history, { dots: cells, untilMs: moment.now / 1000 })
  const usual = Math.ceil(((live.sensors[row]?.periodMs ?? 0) * cells * LATE) / (untilMs - fromMs))
  return [title, ...grades.map((grade, cell): Span => looksOf(grade === 'nothing' ? lately(grades, cell, usual) : grade))]
}

function looksOf(grade: Grade): Span {
  const { sign, style } = LOOKS[grade]
  return { text: sign, style }
}

/** Between two polls a sensor is as good as at the last one. */
function lately(grades: readonly Grade[], cell: number, within: number): Grade {
  for (let back = 1; back <= within; back++) {
    const grade = grades[cell - back]
    if (grade !== undefined && grade !== 'nothing') return grade
  }
  return 'nothing'
}
