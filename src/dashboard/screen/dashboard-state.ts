import type { SensorKey } from '../../readings/measurement.js'
import type { LayoutPast } from '../panes/layout-past.js'
import { layoutOf } from '../panes/presets.js'
import type { ViewId } from '../views/view-id.js'
import type { LayoutOver } from './layout-mode/layout-over.js'

/** What the person at the keyboard has chosen; nothing of the plant. */
export interface DashboardState extends LayoutPast {
  /** The sensor that views are about. By key, so that sorting and filtering do not move it; null before the first choice. */
  readonly selected: SensorKey | null
  /** How each view was left, for when it is shown again in another pane. */
  readonly left: Readonly<Partial<Record<ViewId, unknown>>>
  /** What lies over the panes and takes the keys. */
  readonly over: Over | null
  readonly drawing: 'running' | 'held'
}

export type Over =
  | { readonly kind: 'help'; readonly top: number }
  /** `chosen` counts into the list that fits `text`. */
  | { readonly kind: 'command'; readonly text: string; readonly chosen: number }
  | LayoutOver

export const FIRST_SCREEN: DashboardState = {
  layout: layoutOf('overview'),
  earlier: [],
  selected: null,
  left: {},
  over: null,
  drawing: 'running',
}
