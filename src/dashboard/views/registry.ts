import type { Pane } from '../panes/pane-tree.js'
import { CHARTS } from './charts/charts-view.js'
import { COMMISSIONING } from './commissioning/commissioning-view.js'
import { DETAIL } from './detail/detail-view.js'
import { DEVICES } from './devices/devices-view.js'
import { EVENTS } from './events/events-view.js'
import { LICENCE } from './licence/licence-view.js'
import { LOG } from './log/log-view.js'
import { RECORDINGS } from './recordings/recordings-view.js'
import { SENSORS } from './sensors/sensors-view.js'
import { SPECTRUM } from './spectrum/spectrum-view.js'
import type { View } from './view.js'
import type { ViewId } from './view-id.js'
import { COVERAGE } from './widgets/coverage-view.js'
import { GAUGE } from './widgets/gauge-view.js'
import { HEALTH } from './widgets/health-view.js'
import { NUMBER } from './widgets/number-view.js'
import { SPARKLINES } from './widgets/sparklines-view.js'
import { SUMMARY } from './widgets/summary-view.js'
import { TEXT } from './widgets/text-view.js'
import { WRITE } from './write/write-view.js'

/** Every view, in the order of VIEW_IDS: those with a number key, then the widgets. */
export const VIEWS: readonly View[] = [
  SENSORS,
  DETAIL,
  CHARTS,
  SPECTRUM,
  DEVICES,
  EVENTS,
  LOG,
  RECORDINGS,
  LICENCE,
  COMMISSIONING,
  HEALTH,
  SUMMARY,
  NUMBER,
  GAUGE,
  SPARKLINES,
  COVERAGE,
  TEXT,
  WRITE,
]

export function viewById(id: ViewId): View {
  return VIEWS.find((view) => view.id === id) ?? SENSORS
}

export function viewOf(pane: Pane): View {
  return viewById(pane.view)
}

/** What was chosen in a pane, or what its view begins with. */
export function stateOf(pane: Pane): unknown {
  return pane.state ?? FIRST.get(pane.view)
}

/** One object for each view, so that an untouched state is the same at every frame. */
const FIRST: ReadonlyMap<ViewId, unknown> = new Map(VIEWS.map((view) => [view.id, view.first()]))
