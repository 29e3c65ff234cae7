import { type Pane, type PaneLayout, type PaneTree, panesOf, type Split } from './pane-tree.js'

/** A part of the screen, in cells. */
export interface Rect {
  readonly column: number
  readonly row: number
  readonly columns: number
  readonly rows: number
}

export interface PlacedPane {
  readonly pane: Pane
  readonly rect: Rect
}

/** How many rows a pane can use at a width, heading included; undefined where more is always better. */
export type RowsWanted = (pane: Pane, columns: number) => number | undefined

/** Fewer show nothing that helps. */
const LEAST = { columns: 38, rows: 5 } as const
/** Between panes that lie side by side. */
const SEPARATOR_COLUMNS = 1

/**
 * Where each pane lies. Parts that would become too narrow side by side are put above each other; where even that leaves too little room, the part
 * with the focus has all of it. A part that has no use for its rows leaves them to the other one, unless somebody sized the two by hand.
 */
export function placePanes(layout: PaneLayout, rect: Rect, rowsWanted: RowsWanted = () => undefined): readonly PlacedPane[] {
  if (layout.shows === 'all') return place(layout.root, rect, { focus: layout.focus, rowsWanted })
  const pane = panesOf(layout.root).find(({ id }) => id === layout.focus)
  return pane ? [{ pane, rect }] : []
}

interface Wish {
  readonly focus: number
  readonly rowsWanted: RowsWanted
}

function place(tree: PaneTree, rect: Rect, wish: Wish): readonly PlacedPane[] {
  if (tree.kind === 'pane') return [{ pane: tree, rect }]
  const parts = sideBySide(tree, rect) ?? stacked(tree, rect, wish)
  if (parts) return [...place(tree.first, parts[0], wish), ...place(tree.second, parts[1], wish)]
  const isSecond = panesOf(tree.second).some(({ id }) => id === wish.focus)
  return place(isSecond ? tree.second : tree.first, rect, wish)
}

function sideBySide({ along, share }: Split, rect: Rect): readonly [Rect, Rect] | undefined {
  if (along !== 'columns') return undefined
  const room = rect.columns - SEPARATOR_COLUMNS
  const columns = Math.round(room * share)
  if (Math.min(columns, room - columns) < LEAST.columns) return undefined
  const second = { ...rect, column: rect.column + columns + SEPARATOR_COLUMNS, columns: room - columns }
  return [{ ...rect, columns }, second]
}

function stacked(split: Split, rect: Rect, wish: Wish): readonly [Rect, Rect] | undefined {
  const { first, second } = split
  const [lowest, lowestBelow] = [leastOf(first, rect.columns, wish), leastOf(second, rect.columns, wish)]
  if (rect.rows < lowest + lowestBelow) return undefined
  // Where not every pane finds room, each part still shows one.
  const fits = rect.rows >= leastRows(first, rect.columns, wish) + leastRows(second, rect.columns, wish)
  const least = fits ? leastRows(first, rect.columns, wish) : lowest
  const leastBelow = fits ? leastRows(second, rect.columns, wish) : lowestBelow
  const rows = clamp(upperRows(split, rect, wish), least, rect.rows - leastBelow)
  return [
    { ...rect, rows },
    { ...rect, row: rect.row + rows, rows: rect.rows - rows },
  ]
}

/** Of the upper part. What both have no use for is left to the lower one, where a list that grows moves nothing. */
function upperRows({ first, second, share, sized }: Split, { columns, rows }: Rect, wish: Wish): number {
  const shared = Math.round(rows * share)
  if (sized === 'by-hand') return shared
  const wanted = wantedRows(first, columns, wish) ?? Number.POSITIVE_INFINITY
  const wantedBelow = wantedRows(second, columns, wish) ?? Number.POSITIVE_INFINITY
  if (wanted + wantedBelow <= rows) return wanted
  return rows - shared > wantedBelow ? rows - wantedBelow : Math.min(shared, wanted)
}

/** Of one pane of the part: the least that helps, or all that it can use. */
function leastOf(tree: PaneTree, columns: number, wish: Wish): number {
  return Math.min(LEAST.rows, wantedRows(tree, columns, wish) ?? LEAST.rows)
}

/** Of the whole part at this width: what lies above each other adds up. */
function leastRows(tree: PaneTree, columns: number, wish: Wish): number {
  if (tree.kind === 'pane') return leastOf(tree, columns, wish)
  const parts = sideBySide(tree, { column: 0, row: 0, columns, rows: 0 })
  return parts
    ? Math.max(leastRows(tree.first, parts[0].columns, wish), leastRows(tree.second, parts[1].columns, wish))
    : leastRows(tree.first, columns, wish) + leastRows(tree.second, columns, wish)
}

/** Undefined where more is better, and where somebody said how the part is shared out. */
function wantedRows(tree: PaneTree, columns: number, wish: Wish): number | undefined {
  if (tree.kind === 'pane') return wish.rowsWanted(tree, columns)
  const parts = sideBySide(tree, { column: 0, row: 0, columns, rows: 0 })
  if (!parts && tree.sized === 'by-hand') return undefined
  const first = wantedRows(tree.first, parts?.[0].columns ?? columns, wish)
  const second = wantedRows(tree.second, parts?.[1].columns ?? columns, wish)
  if (first === undefined || second === undefined) return undefined
  return parts ? Math.max(first, second) : first + second
}

function clamp(value: number, low: number, high: number): number {
  return Math.max(low, Math.min(high, value))
}
