import type { ViewId } from '../views/view-id.js'
import { type PaneLayout, type PaneTree, panesOf } from './pane-tree.js'

/** A layout as it is kept in a file or beside a site: plain JSON, with a version. */
export interface LayoutFile {
  readonly schema: 'chatterfix/layout/1'
  readonly name: string
  readonly root: SavedTree
}

/** As `PaneTree`, without the ids, which only a running dashboard needs. */
export type SavedTree =
  | { readonly view: ViewId; readonly state?: unknown }
  | {
      readonly along: 'rows' | 'columns'
      readonly share: number
      readonly sized?: 'by-hand' | undefined
      readonly first: SavedTree
      readonly second: SavedTree
    }

export function saveLayout(name: string, layout: PaneLayout): LayoutFile {
  return { schema: 'chatterfix/layout/1', name, root: saved(layout.root) }
}

/** A layout out of what a file held; `restore` makes a state of a view out of what was saved for it. */
export function layoutFrom(file: LayoutFile, restore: (view: ViewId, state: unknown) => unknown): PaneLayout {
  let id = 0
  const tree = (part: SavedTree): PaneTree => {
    if ('view' in part) {
      const state = part.state === undefined ? {} : { state: restore(part.view, part.state) }
      return { kind: 'pane', id: ++id, view: part.view, ...state }
    }
    const first = tree(part.first)
    return { kind: 'split', along: part.along, share: part.share, ...sizedBy(part), first, second: tree(part.second) }
  }
  const root = tree(file.root)
  return { root, focus: panesOf(root)[0]?.id ?? 1, shows: 'all' }
}

function saved(tree: PaneTree): SavedTree {
  if (tree.kind === 'pane') return { view: tree.view, ...(tree.state === undefined ? {} : { state: tree.state }) }
  return { along: tree.along, share: tree.share, ...sizedBy(tree), first: saved(tree.first), second: saved(tree.second) }
}

function sizedBy({ sized }: { readonly sized?: 'by-hand' | undefined }): { readonly sized?: 'by-hand' } {
  return sized === undefined ? {} : { sized }
}
