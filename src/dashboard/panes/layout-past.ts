import { mapPanes, type PaneLayout, panesOf } from './pane-tree.js'

/** A layout and those before it, so that an edit can be undone. */
export interface LayoutPast {
  readonly layout: PaneLayout
  /** The latest last. */
  readonly earlier: readonly PaneLayout[]
}

const KEPT = 50

/** An edit that can be undone; one that changed nothing leaves no trace. */
export function editLayout(past: LayoutPast, next: PaneLayout): LayoutPast {
  return next === past.layout ? past : { layout: next, earlier: [...past.earlier, past.layout].slice(-KEPT) }
}

/** The layout before the last edit; what was chosen inside the panes stays as it is now. */
export function undoLayout({ layout, earlier }: LayoutPast): LayoutPast {
  const last = earlier.at(-1)
  if (!last) return { layout, earlier }
  const now = new Map(panesOf(layout.root).map((pane) => [pane.id, pane]))
  const root = mapPanes(last.root, (pane) => {
    const same = now.get(pane.id)
    return same?.view === pane.view ? same : pane
  })
  return { layout: { ...last, root }, earlier: earlier.slice(0, -1) }
}
