import { changePane } from '../panes/edit-panes.js'
import { framePane } from '../panes/frame-pane.js'
import type { PaneLayout } from '../panes/pane-tree.js'
import { type PlacedPane, placePanes, type Rect } from '../panes/place-panes.js'
import type { Picture } from '../picture.js'
import { fitBlock } from '../rows/fit-row.js'
import type { Row } from '../rows/style.js'
import { stateOf, viewOf } from '../views/registry.js'
import { numberKeyOf } from '../views/view-id.js'
import { commandLine, commandList } from './command-bar.js'
import type { DashboardState } from './dashboard-state.js'
import { headerView } from './header.js'
import { helpView } from './help.js'
import { keyLine } from './key-line.js'
import { layoutLine, layoutList } from './layout-mode/layout-mode.js'

export interface Frame {
  /** Exactly as many as the screen has rows, each exactly as wide. */
  readonly rows: readonly Row[]
  /** What was drawn, with the choices as they came to fit what there is; for the next key press. */
  readonly picture: Picture
  readonly placed: readonly PlacedPane[]
  /** The first row of the panes. */
  readonly bodyTop: number
}

interface Size {
  readonly columns: number
  readonly rows: number
}

export const SMALLEST = { columns: 30, rows: 6 } as const

/** One picture on one screen size: the whole dashboard as a pure function. */
export function composeFrame(picture: Picture, size: Size): Frame {
  if (size.columns < SMALLEST.columns || size.rows < SMALLEST.rows)
    return { rows: fitBlock(tooSmall(size), size), picture, placed: [], bodyTop: 0 }
  const { columns } = size
  const header = headerView(picture, columns, size.rows >= 18 ? 3 : size.rows >= 10 ? 2 : 1)
  const body: Rect = { column: 0, row: 0, columns, rows: size.rows - header.length - 1 }
  const placed = placePanes(picture.screen.layout, body, (pane, width) => {
    const wanted = viewOf(pane).rowsWanted?.(picture, { state: stateOf(pane), columns: width })
    return wanted === undefined ? undefined : wanted + 1
  })
  const drawn = drawPanes(picture, placed)
  const settled = { ...picture, screen: drawn.screen }
  const { over } = settled.screen
  const middle = over?.kind === 'help' ? helpView(settled, body) : drawn.rows
  const list = listOver(settled, { columns, rows: Math.floor(body.rows / 2) })
  // Every part is exactly as large as its place already; fitting a screen twice costs as much as drawing it.
  const rows = [...header, ...middle.slice(0, body.rows - list.length), ...list]
  const last = lastRow(settled, columns)
  return { rows: [...rows, last], picture: settled, placed, bodyTop: header.length }
}

/** What lies over the lower panes. */
function listOver(picture: Picture, size: Size): readonly Row[] {
  const { over } = picture.screen
  if (over?.kind === 'command') return commandList(picture, over, size)
  return over?.kind === 'layout' ? layoutList(over, size) : []
}

function lastRow(picture: Picture, columns: number): Row {
  const { over } = picture.screen
  if (over?.kind === 'command') return commandLine(picture, over, columns)
  return over?.kind === 'layout' ? layoutLine(over, picture.notice, columns) : keyLine(picture, columns)
}

/** The panes in their places, and what they made of the choices. */
function drawPanes(picture: Picture, placed: readonly PlacedPane[]): { readonly rows: readonly Row[]; readonly screen: DashboardState } {
  let { screen } = picture
  const blocks = new Map<PlacedPane, readonly Row[]>()
  // Whoever has the focus comes first: others show the sensor that it selects.
  const focusFirst = placed.toSorted((a, b) => Number(b.pane.id === screen.layout.focus) - Number(a.pane.id === screen.layout.focus))
  for (const place of focusFirst) {
    const { pane, rect } = place
    const view = viewOf(pane)
    const size = { columns: rect.columns, rows: rect.rows - 1 }
    const content = view.compose({ ...picture, screen }, { state: stateOf(pane), size })
    if (content.selected !== undefined && content.selected !== screen.selected) screen = { ...screen, selected: content.selected }
    if (content.state !== undefined && content.state !== pane.state) {
      const layout: PaneLayout = changePane(screen.layout, pane.id, { state: content.state })
      screen = { ...screen, layout }
    }
    const focus = pane.id === screen.layout.focus ? 'focused' : 'unfocused'
    blocks.set(place, framePane({ number: numberKeyOf(view.id), title: view.title, focus, ...content }, rect))
  }
  return { rows: sideBySide(placed, blocks), screen }
}

/** Row by row what the panes have there, with a line between those that lie side by side. */
function sideBySide(placed: readonly PlacedPane[], blocks: ReadonlyMap<PlacedPane, readonly Row[]>): readonly Row[] {
  const height = Math.max(0, ...placed.map(({ rect }) => rect.row + rect.rows))
  const across = placed.toSorted((a, b) => a.rect.column - b.rect.column)
  return Array.from({ length: height }, (_, row) => {
    const here = across.filter(({ rect }) => row >= rect.row && row < rect.row + rect.rows)
    return here.flatMap((place, index) => [
      ...(index === 0 ? [] : [{ text: '│', style: { colour: 'grey' } as const }]),
      ...(blocks.get(place)?.[row - place.rect.row] ?? []),
    ])
  })
}

function tooSmall({ columns, rows }: Size): readonly Row[] {
  const text = [`too small: ${columns}×${rows}`, `needs ${SMALLEST.columns}×${SMALLEST.rows}`, 'q quits']
  return text.map((line) => [{ text: line }])
}
