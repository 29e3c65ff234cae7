import type { PaneLayout } from '../panes/pane-tree.js'
import { type LayoutFile, layoutFrom } from '../panes/saved-layout.js'
import { viewById } from '../views/registry.js'

/** A saved layout as it is shown; each view makes of its saved state what it understands. */
export function openLayout(file: LayoutFile): PaneLayout {
  return layoutFrom(file, (view, state) => viewById(view).restore(state))
}
