import { type KeyPress, nameOf } from '../keys/key-press.js'
import { changePane } from '../panes/edit-panes.js'
import { type Pane, paneOf } from '../panes/pane-tree.js'
import { stateOf, viewOf } from '../views/registry.js'
import type { PaneMoment, ViewOutcome } from '../views/view.js'
import { reduceCommandKey } from './command-bar.js'
import type { DashboardState } from './dashboard-state.js'
import { reduceHelpKey } from './help.js'
import { reduceLayoutKey } from './layout-mode/layout-mode.js'
import { SCREEN_KEYS } from './screen-keys.js'
import type { ScreenMoment, ScreenOutcome } from './screen-outcome.js'

/** What a key does: to what lies over the panes, else to whoever takes text, else by the tables of the screen and of the focused view. Pure. */
export function reduceKey(screen: DashboardState, key: KeyPress, at: ScreenMoment): ScreenOutcome {
  const bound = SCREEN_KEYS.find(({ press }) => press.includes(nameOf(key)))
  if (bound?.holds === 'always') return bound.act(screen)
  if (screen.over?.kind === 'help') return reduceHelpKey(screen, screen.over, nameOf(key))
  if (screen.over?.kind === 'command') return reduceCommandKey(screen, screen.over, key, at)
  if (screen.over?.kind === 'layout') return reduceLayoutKey(screen, screen.over, key, at)
  const pane = paneOf(screen.layout)
  const place = at.placed.find((placed) => placed.pane.id === pane?.id)
  if (!pane) return { screen }
  const view = viewOf(pane)
  const state = stateOf(pane)
  const rect = place?.rect ?? { columns: 1, rows: 2 }
  const moment: PaneMoment = { picture: { ...at.picture, screen }, size: { columns: rect.columns, rows: Math.max(1, rect.rows - 1) } }
  const typing = view.typing?.(state)
  if (typing) return applied(screen, pane, typing(key, moment))
  if (bound) return bound.act(screen)
  const own = view.keys.find(({ press }) => press.includes(nameOf(key)))
  return own ? applied(screen, pane, own.act(state, moment)) : { screen }
}

function applied(screen: DashboardState, pane: Pane, { state, selected, action }: ViewOutcome<unknown>): ScreenOutcome {
  const layout = state === stateOf(pane) ? screen.layout : changePane(screen.layout, pane.id, { state })
  const next = { ...screen, layout, ...(selected === undefined ? {} : { selected }) }
  return action === undefined ? { screen: next } : { screen: next, action }
}
