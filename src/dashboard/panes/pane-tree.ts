import type { ViewId } from '../views/view-id.js'

/** A place on the screen that shows one view, and what the person chose in it. */
export interface Pane {
  readonly kind: 'pane'
  /** Unique within a layout; never used again after the pane is closed. */
  readonly id: number
  readonly view: ViewId
  /** Of that view, plain JSON; undefined until it is first touched. */
  readonly state?: unknown
  /** What it showed before a number key put another view there; no layout file keeps it. */
  readonly before?: ViewId | undefined
}

/** Two parts, one above the other (`rows`) or side by side (`columns`). */
export interface Split {
  readonly kind: 'split'
  readonly along: 'rows' | 'columns'
  /** Of the first part, 0–1. */
  readonly share: number
  /** Somebody chose the share: it holds, whatever the views have use for. */
  readonly sized?: 'by-hand'
  readonly first: PaneTree
  readonly second: PaneTree
}

export type PaneTree = Pane | Split

/** What is on the screen, and where the keys go. */
export interface PaneLayout {
  readonly root: PaneTree
  /** Id of a pane in `root`. */
  readonly focus: number
  /** `focused`: that pane has the whole screen for a while. */
  readonly shows: 'all' | 'focused'
}

export const MOST_PANES = 16
export const SMALLEST_SHARE = 0.1

/** In reading order: the first part of a split before the second. */
export function panesOf(tree: PaneTree): readonly Pane[] {
  return tree.kind === 'pane' ? [tree] : [...panesOf(tree.first), ...panesOf(tree.second)]
}

export function paneOf(layout: PaneLayout, id = layout.focus): Pane | undefined {
  return panesOf(layout.root).find((pane) => pane.id === id)
}

/** The tree with each pane as `change` gives it; parts that stay the same stay the same objects. */
export function mapPanes(tree: PaneTree, change: (pane: Pane) => PaneTree): PaneTree {
  if (tree.kind === 'pane') return change(tree)
  const first = mapPanes(tree.first, change)
  const second = mapPanes(tree.second, change)
  return first === tree.first && second === tree.second ? tree : { ...tree, first, second }
}
