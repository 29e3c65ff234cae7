import type { LineTraffic } from '../drivers/line-traffic.js'
import type { SensorKey } from '../readings/measurement.js'
import type { Abilities } from './actions/perform-action.js'
import type { PaneLayout } from './panes/pane-tree.js'
import type { Palette } from './rows/style.js'
import type { DashboardStore } from './store.js'
import type { RealTerminal } from './terminal/full-screen.js'

/** What a terminal can show, and its person wants to see. */
export interface DashboardLooks {
  readonly palette: Palette
  readonly signs: 'unicode' | 'ascii'
  readonly mouse: 'on' | 'off'
}

export interface DashboardOptions {
  readonly store: DashboardStore
  /** Site or target, as people wrote it. */
  readonly title: string
  /** Ends the dashboard from outside. */
  readonly signal: AbortSignal
  /** As `FullScreenOptions.onOpening`. */
  readonly onOpening?: (() => void) | undefined
  /** What was asked on a line, by its name; null where nothing is. */
  readonly traffic?: (line: string) => LineTraffic | null
  /** What the latest answer held for a sensor before it was decoded; null where its driver does not tell. */
  readonly raw?: (sensor: SensorKey) => string | null
  /** What the world outside can do when the person asks for it. */
  readonly abilities?: Abilities
  /** Which panes it begins with. */
  readonly layout?: PaneLayout
  /** What the table of sensors shows at first. */
  readonly filter?: string
  /** `low`: a frame a second, slower charts, nothing that moves by itself. */
  readonly bandwidth?: 'normal' | 'low'
  /** Default: the terminal's own 16 colours, our signs, no mouse. */
  readonly looks?: DashboardLooks
  /** `lines`: sentences for a screen reader instead of a screen. */
  readonly face?: 'screen' | 'lines'
  /** Default: the process's own. */
  readonly terminal?: RealTerminal
}

/** `terminal-gone`: it has hung up, and nobody sees anything any more. */
export type DashboardEnd = 'quit' | 'aborted' | 'terminal-gone'
