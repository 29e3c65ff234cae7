import type { PlacedPane, Rect } from './place-panes.js'

export type Direction = 'left' | 'right' | 'up' | 'down'

/** The pane that lies beside another on the screen: of those that touch it on that side, the one that shares most of the edge. */
export function neighbourOf(placed: readonly PlacedPane[], id: number, direction: Direction): number | undefined {
  const from = placed.find(({ pane }) => pane.id === id)?.rect
  if (!from) return undefined
  const beside = placed
    .filter(({ pane }) => pane.id !== id)
    .map(({ pane, rect }) => ({ id: pane.id, away: distance(from, rect, direction), shared: sharedEdge(from, rect, direction) }))
    .filter(({ away, shared }) => away >= 0 && shared > 0)
  return beside.toSorted((a, b) => a.away - b.away || b.shared - a.shared)[0]?.id
}

/** In cells, from edge to edge; negative where it does not lie on that side. */
function distance(from: Rect, to: Rect, direction: Direction): number {
  switch (direction) {
    case 'left':
      return from.column - (to.column + to.columns)
    case 'right':
      return to.column - (from.column + from.columns)
    case 'up':
      return from.row - (to.row + to.rows)
    case 'down':
      return to.row - (from.row + from.rows)
  }
}

function sharedEdge(from: Rect, to: Rect, direction: Direction): number {
  return direction === 'left' || direction === 'right'
    ? Math.min(from.row + from.rows, to.row + to.rows) - Math.max(from.row, to.row)
    : Math.min(from.column + from.columns, to.column + to.columns) - Math.max(from.column, to.column)
}
