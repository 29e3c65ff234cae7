import { terminalSafe } from '../../output/terminal-safe.js'
import type { Picture } from '../picture.js'
import { fitRow, spreadRow } from '../rows/fit-row.js'
import type { Row, Span } from '../rows/style.js'

/** The last row: what the keys do here, or the filter being typed. */
export function keyLineView(picture: Picture, columns: number): Row {
  const { view, notice, recording } = picture
  if (view.mode === 'filter') {
    const typed = terminalSafe(view.filter, { maxWidth: Math.max(4, columns - 30) })
    const end: Row = columns < 50 ? [] : [{ text: 'Enter keeps it  Esc clears it ', style: GREY }]
    return spreadRow(
      [
        { text: ` /${typed}`, style: { weight: 'bold' } },
        { text: '▏', style: { colour: 'cyan' } },
      ],
      end,
      columns,
    )
  }
  const hints: readonly (readonly [key: string, does: string])[] = [
    ['q', 'quit'],
    ['?', 'help'],
    ['/', 'filter'],
    ['s', `sort ${view.sort}`],
    ['space', view.drawing === 'held' ? 'go on' : 'hold'],
    ...(recording ? ([['m', 'mark']] as const) : []),
    ['↑↓', 'select'],
  ]
  const spans: Span[] = hints.flatMap(([key, does]) => [
    { text: ` ${key} `, style: { field: 'reverse' } as const },
    { text: ` ${does}  `, style: GREY },
  ])
  if (notice === null) return fitRow(spans, columns)
  return spreadRow(spans, [{ text: ` ${terminalSafe(notice, { maxWidth: 40 })} `, style: { colour: 'green', weight: 'bold' } }], columns)
}

const GREY = { colour: 'grey' } as const
