import type { DashboardAction } from '../actions/dashboard-action.js'
import type { PlacedPane } from '../panes/place-panes.js'
import type { Picture } from '../picture.js'
import type { DashboardState } from './dashboard-state.js'

/** What a key or a command did to the whole screen. */
export interface ScreenOutcome {
  readonly screen: DashboardState
  readonly action?: DashboardAction
}

/** The last frame, as far as a key may look at it. */
export interface ScreenMoment {
  readonly picture: Picture
  readonly placed: readonly PlacedPane[]
}
