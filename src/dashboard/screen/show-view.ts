import { changePane, focusPane } from '../panes/edit-panes.js'
import { paneOf, panesOf } from '../panes/pane-tree.js'
import { stateOf, viewById } from '../views/registry.js'
import type { ViewId } from '../views/view-id.js'
import type { DashboardState } from './dashboard-state.js'

/**
 * Goes to the pane that shows a view; where none does, the focused pane shows it, as it was left. `change` gives it another state, out of that which
 * it had: states are the view's own, so whoever changes one takes the function for it from the view's folder.
 */
export function showView(screen: DashboardState, view: ViewId, change: (state: unknown) => unknown = (state) => state): DashboardState {
  const { layout } = screen
  const shown = panesOf(layout.root).find((pane) => pane.view === view)
  if (shown) return { ...screen, layout: changePane(focusPane(layout, shown.id), shown.id, { state: change(stateOf(shown)) }) }
  const focused = paneOf(layout)
  if (!focused) return screen
  const state = change(screen.left[view] ?? viewById(view).first())
  return { ...screen, left: { ...screen.left, [focused.view]: focused.state }, layout: changePane(layout, focused.id, { view, state }) }
}

/** Another state in every pane that shows a view; the focus stays. */
export function changeShown(screen: DashboardState, view: ViewId, change: (state: unknown) => unknown): DashboardState {
  const shown = panesOf(screen.layout.root).filter((pane) => pane.view === view)
  return { ...screen, layout: shown.reduce((layout, pane) => changePane(layout, pane.id, { state: change(stateOf(pane)) }), screen.layout) }
}
