import { extname } from 'node:path'
import { displayWidth } from '../../output/display-width.js'
import { frameSvg } from '../frame-svg.js'
import type { ScreenCell } from '../frame-theme.js'
import { paneOf } from '../panes/pane-tree.js'
import { plainRow, type Row, type Span } from '../rows/style.js'
import { stateOf, viewOf } from '../views/registry.js'
import type { Frame } from './compose-frame.js'

/** Of a list that is kept whole. */
const ROWS_KEPT = 20_000
const COLUMNS_KEPT = 200
const COLOURS = ['black', 'red', 'green', 'yellow', 'blue', 'magenta', 'cyan', 'white', 'grey'] as const

/** The screen as it is: a picture where the file is called `.png` or `.svg`, else text. */
export async function keptScreen({ rows, picture }: Frame, file: string): Promise<string | Uint8Array> {
  const title = `chatterfix: ${picture.title}`
  switch (extname(file).toLowerCase()) {
    case '.png': {
      const { framePng } = await import('../frame-png/frame-png.js')
      return await framePng(rows.map(cellsOf), title)
    }
    case '.svg':
      return frameSvg(rows.map(cellsOf), title)
    default:
      return textOf(rows)
  }
}

/** Everything that the focused view has to say, also what the screen has no room for. */
export function keptPane({ picture }: Frame): string {
  const pane = paneOf(picture.screen.layout)
  if (!pane) return ''
  const view = viewOf(pane)
  const size = {
    columns: COLUMNS_KEPT,
    rows: view.rowsWanted?.(picture, { state: stateOf(pane), columns: COLUMNS_KEPT }) ?? listRows(picture),
  }
  const { heading, rows } = view.compose(picture, { state: stateOf(pane), size: { ...size, rows: Math.min(size.rows, ROWS_KEPT) } })
  return textOf([[{ text: `${view.title}  ` }, ...heading], ...rows])
}

/** As many as any list here can have. */
function listRows({ live }: Frame['picture']): number {
  return 50 + Math.max(live.sensors.length, live.lines.length, live.events.length + live.alarms.size, live.log.length)
}

function textOf(rows: readonly Row[]): string {
  return `${rows.map((row) => plainRow(row).trimEnd()).join('\n')}\n`
}

function cellsOf(row: Row): readonly ScreenCell[] {
  return row.flatMap(spanCells)
}

function spanCells({ text, style }: Span): readonly ScreenCell[] {
  const colour = style?.colour === undefined ? null : COLOURS.indexOf(style.colour)
  return [...text].flatMap((character): readonly ScreenCell[] => {
    const cell: ScreenCell = { text: character, colour, weight: style?.weight ?? 'normal', field: style?.field ?? 'normal' }
    return displayWidth(character) === 2 ? [cell, { ...cell, text: '' }] : [cell]
  })
}
