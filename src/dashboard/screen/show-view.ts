import { changePane, focusPane } from '../panes/edit-panes.js'
import { type Pane, paneOf, panesOf } from '../panes/pane-tree.js'
import { stateOf, viewById } from '../views/registry.js'
import { numberKeyOf, type ViewId } from '../views/view-id.js'
import type { DashboardState } from './dashboard-state.js'
import type { ScreenOutcome } from './screen-outcome.js'

/**
 * Goes to the pane that shows a view; where none does, the focused pane shows it, as it was left. `change` gives it another state, out of that which
 * it had: states are the view's own, so whoever changes one takes the function for it from the view's folder.
 */
export function showView(screen: DashboardState, view: ViewId, change: (state: unknown) => unknown = (state) => state): DashboardState {
  const { layout } = screen
  const shown = panesOf(layout.root).find((pane) => pane.view === view)
  if (shown) return { ...screen, layout: changePane(focusPane(layout, shown.id), shown.id, { state: change(stateOf(shown)) }) }
  const focused = paneOf(layout)
  return focused ? putView(screen, focused, view, change) : screen
}

function back(screen: DashboardState, pane: Pane, before: ViewId): ScreenOutcome {
  return { screen: putView(screen, pane, before), action: { kind: 'say', text: `${viewById(before).title} again` } }
}

/** The view in a pane, as it was left. */
function putView(screen: DashboardState, pane: Pane, view: ViewId, change: (state: unknown) => unknown = (state) => state): DashboardState {
  const state = change(screen.left[view] ?? viewById(view).first())
  return {
    ...screen,
    left: { ...screen.left, [pane.view]: pane.state },
    layout: changePane(screen.layout, pane.id, { view, state, before: undefined }),
  }
}

/**
 * What a number key does: goes to the pane that shows the view; where none does, the focused pane shows it. Pressed again there, what it showed before
 * comes back, so that a glance costs no layout.
 */
export function showByNumber(screen: DashboardState, view: ViewId): ScreenOutcome {
  const panes = panesOf(screen.layout.root)
  const focused = paneOf(screen.layout)
  if (!focused) return { screen }
  if (focused.view === view && focused.before === undefined) return { screen }
  if (focused.view === view || focused.before === view) return back(screen, focused, focused.before ?? view)
  if (panes.some((pane) => pane.view === view)) return { screen: showView(screen, view) }
  const before = focused.before ?? focused.view
  const shown = putView(screen, focused, view)
  const next = { ...shown, layout: changePane(shown.layout, focused.id, { before }) }
  const word = `${numberKeyOf(view) ?? ''} again: ${viewById(before).title} here`
  return panes.length === 1 ? { screen: next } : { screen: next, action: { kind: 'say', text: word } }
}

/** Another state in every pane that shows a view; the focus stays. */
export function changeShown(screen: DashboardState, view: ViewId, change: (state: unknown) => unknown): DashboardState {
  const shown = panesOf(screen.layout.root).filter((pane) => pane.view === view)
  return { ...screen, layout: shown.reduce((layout, pane) => changePane(layout, pane.id, { state: change(stateOf(pane)) }), screen.layout) }
}
