import type { ViewId } from '../views/view-id.js'
import {
  MOST_PANES,
  mapPanes,
  type Pane,
  type PaneLayout,
  type PaneTree,
  paneOf,
  panesOf,
  SMALLEST_SHARE,
  type Split,
} from './pane-tree.js'

/** Pure edits of a layout. An edit that makes no sense (no such pane, no room for more) gives the layout back as it was, the same object. */

/** The focus to a pane. */
export function focusPane(layout: PaneLayout, id: number): PaneLayout {
  return id === layout.focus || paneOf(layout, id) === undefined ? layout : { ...layout, focus: id }
}

/** The focus to the next (+1) or previous (−1) of these panes, in reading order, around the end. */
export function focusNext(layout: PaneLayout, step: 1 | -1): PaneLayout {
  const ids = panesOf(layout.root).map(({ id }) => id)
  return focusPane(layout, ids[(ids.indexOf(layout.focus) + step + ids.length) % ids.length] ?? layout.focus)
}

/** Another view, or another state of it, in a pane. */
export function changePane(layout: PaneLayout, id: number, change: Partial<Pick<Pane, 'view' | 'state' | 'before'>>): PaneLayout {
  const root = mapPanes(layout.root, (pane) => (pane.id === id ? { ...pane, ...change } : pane))
  return root === layout.root ? layout : { ...layout, root }
}

/** Halves a pane: the new one comes below (`rows`) or to the right (`columns`) and gets the focus. */
export function splitPane(layout: PaneLayout, id: number, part: { readonly along: Split['along']; readonly view: ViewId }): PaneLayout {
  const panes = panesOf(layout.root)
  if (panes.length >= MOST_PANES || paneOf(layout, id) === undefined) return layout
  const added: Pane = { kind: 'pane', id: Math.max(...panes.map((pane) => pane.id)) + 1, view: part.view }
  const halve = (pane: Pane): PaneTree =>
    pane.id === id ? { kind: 'split', along: part.along, share: 0.5, first: pane, second: added } : pane
  return { root: mapPanes(layout.root, halve), focus: added.id, shows: 'all' }
}

/** Its room goes to what it shared it with. The last pane stays. */
export function closePane(layout: PaneLayout, id: number): PaneLayout {
  const root = without(layout.root, id)
  if (root === undefined || root === layout.root) return layout
  const before = panesOf(layout.root).findIndex((pane) => pane.id === id)
  const left = panesOf(root)
  const focus = layout.focus === id ? (left[Math.min(before, left.length - 1)]?.id ?? layout.focus) : layout.focus
  return { root, focus, shows: 'all' }
}

function without(tree: PaneTree, id: number): PaneTree | undefined {
  if (tree.kind === 'pane') return tree.id === id ? undefined : tree
  const first = without(tree.first, id)
  const second = without(tree.second, id)
  if (first === undefined || second === undefined) return first ?? second
  return first === tree.first && second === tree.second ? tree : { ...tree, first, second }
}

/** Two panes change places; each keeps its view and state. */
export function swapPanes(layout: PaneLayout, id: number, other: number): PaneLayout {
  const [one, two] = [paneOf(layout, id), paneOf(layout, other)]
  if (!one || !two || one === two) return layout
  return { ...layout, root: mapPanes(layout.root, (pane) => (pane.id === id ? two : pane.id === other ? one : pane)) }
}

/** The nearest split along `along` around a pane gives it `by` more (or less) of the room, 0–1. */
export function resizePane(
  layout: PaneLayout,
  id: number,
  { along, by }: { readonly along: Split['along']; readonly by: number },
): PaneLayout {
  const root = resized(layout.root, id, along, by)
  return root === layout.root ? layout : { ...layout, root }
}

function resized(tree: PaneTree, id: number, along: Split['along'], by: number): PaneTree {
  if (tree.kind === 'pane') return tree
  const isFirst = holds(tree.first, id)
  if (!isFirst && !holds(tree.second, id)) return tree
  const part = isFirst ? tree.first : tree.second
  const inner = resized(part, id, along, by)
  if (inner !== part) return isFirst ? { ...tree, first: inner } : { ...tree, second: inner }
  if (tree.along !== along) return tree
  const share = Math.max(SMALLEST_SHARE, Math.min(1 - SMALLEST_SHARE, tree.share + (isFirst ? by : -by)))
  return share === tree.share ? tree : { ...tree, share, sized: 'by-hand' }
}

function holds(tree: PaneTree, id: number): boolean {
  return panesOf(tree).some((pane) => pane.id === id)
}
