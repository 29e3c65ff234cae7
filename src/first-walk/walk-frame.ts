import { fitBlock, fitRow, ruleRow, spreadRow } from '../dashboard/rows/fit-row.js'
import type { Row, Span } from '../dashboard/rows/style.js'
import { settleChoice } from '../dashboard/views/list-choice.js'
import { fitWidth } from '../output/display-width.js'
import { terminalSafe } from '../output/terminal-safe.js'
import { keysNow } from './walk-keys.js'
import { type WalkPage, type WalkPageRow, walkPage } from './walk-page.js'
import { itemsOf, type WalkState } from './walk-state.js'

interface Size {
  readonly columns: number
  readonly rows: number
}

const STEPS = { where: '1 of 3  where to look', found: '2 of 3  what was found', save: '3 of 3  what is watched' } as const
/** Below the list. */
const MOST_DETAIL = 6
/** Of a row. */
const MOST_NAME_SHARE = 0.5

/** A screen of the walk as a pure function; the list's window may have moved, so the state comes back. */
export function walkFrame(state: WalkState, size: Size): { readonly rows: readonly Row[]; readonly state: WalkState } {
  const page = walkPage(state)
  const title = spreadRow(
    [
      { text: ' chatterfix ', style: { weight: 'bold', field: 'reverse' } },
      { text: ' first walk', style: { weight: 'bold' } },
    ],
    [{ text: `${STEPS[state.step]} `, style: { colour: 'cyan' } }],
    size.columns,
  )
  const said = page.said.flatMap((text) => wrapped(text, size.columns - 2)).map((text): Row => [{ text: ` ${text}` }])
  const detail = detailRows(page, size)
  const above = size.rows >= 14 ? [title, BLANK, ...said, BLANK] : [title, ...said.slice(0, 1)]
  const room = Math.max(1, size.rows - above.length - detail.length - 2)
  const list = settleChoice(state.list, itemsOf(state), room)
  const longest = Math.max(0, ...page.rows.map(({ name }) => name.length))
  const columns = { row: size.columns, name: Math.min(longest, Math.floor(size.columns * MOST_NAME_SHARE)) }
  const rows = page.rows.slice(list.top, list.top + room).map((row) => listRow(row, columns))
  const heading = ruleRow([{ text: ` ${page.heading}`, style: { weight: 'bold' } }], size.columns)
  const body = [...above, heading, ...fitBlock(rows, { columns: size.columns, rows: room }), ...detail]
  return {
    rows: [...fitBlock(body, { ...size, rows: size.rows - 1 }), keyRow(state, size.columns)],
    state: list === state.list ? state : { ...state, list },
  }
}

const BLANK: Row = [{ text: '' }]

function listRow({ mark, name, about, isAtCursor }: WalkPageRow, columns: { readonly row: number; readonly name: number }): Row {
  const box: Span =
    mark === null
      ? { text: '' }
      : { text: mark === 'chosen' ? '[x] ' : '[ ] ', style: { colour: mark === 'chosen' ? 'green' : 'grey', weight: 'bold' } }
  return fitRow(
    [
      { text: isAtCursor ? ' ▸ ' : '   ', style: { colour: 'cyan', weight: 'bold' } },
      box,
      {
        text: fitWidth(terminalSafe(name, { maxWidth: 300 }), columns.name),
        ...(isAtCursor ? { style: { field: 'reverse' } as const } : {}),
      },
      { text: `  ${terminalSafe(about, { maxWidth: 300 })}`, style: { colour: 'grey' } },
    ],
    columns.row,
  )
}

function detailRows(page: WalkPage, { columns, rows }: Size): readonly Row[] {
  const room = Math.max(0, Math.min(MOST_DETAIL, rows - 12))
  const lines = page.detail
    .flatMap((text) => wrapped(terminalSafe(text, { maxWidth: 600 }), columns - 4))
    .map((text): Row => [{ text: `   ${text}`, style: { colour: 'grey' } }])
  const trouble = page.trouble
    .slice(-2)
    .map((text): Row => [{ text: ` ! ${terminalSafe(text, { maxWidth: 400 })}`, style: { colour: 'yellow' } }])
  const typed: readonly Row[] =
    page.typed === null
      ? []
      : [
          [
            { text: ` ${page.typed.label}: ` },
            { text: terminalSafe(page.typed.text, { maxWidth: 200 }), style: { weight: 'bold' } },
            { text: '▏', style: { colour: 'cyan' } },
          ],
        ]
  return [...(room > 0 && lines.length > 0 ? [BLANK, ...lines.slice(0, room)] : []), ...trouble, ...typed].map((row) =>
    fitRow(row, columns),
  )
}

function keyRow(state: WalkState, columns: number): Row {
  const spans = keysNow(state).flatMap(({ shown, hint }): Span[] => [
    { text: ` ${shown} `, style: { field: 'reverse' } },
    { text: ` ${hint ?? ''}  `, style: { colour: 'grey' } },
  ])
  return fitRow(spans, columns)
}

/** At spaces; a word longer than a line is cut by the screen's edge. */
function wrapped(text: string, columns: number): readonly string[] {
  const lines: string[] = []
  let line = ''
  for (const word of text.split(' ')) {
    if (line !== '' && line.length + 1 + word.length > columns) {
      lines.push(line)
      line = word
    } else line = line === '' ? word : `${line} ${word}`
  }
  return [...lines, line]
}
