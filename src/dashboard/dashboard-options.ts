import type { Abilities } from './actions/perform-action.js'
import type { Palette } from './rows/style.js'
import type { DashboardStore } from './store.js'
import type { TerminalOutput } from './terminal/painted-screen.js'
import type { TerminalInput } from './terminal/terminal-session.js'

export interface DashboardOptions {
  readonly store: DashboardStore
  /** Site or target, as people wrote it. */
  readonly title: string
  /** Ends the dashboard from outside. */
  readonly signal: AbortSignal
  /** The person pressed `q` or Ctrl-C. */
  readonly onQuit?: () => void
  /** What the world outside can do when the person asks for it. */
  readonly abilities?: Abilities
  /** What the table of sensors shows at first. */
  readonly filter?: string
  /** `low`: a frame a second, slower charts, nothing that moves by itself. */
  readonly bandwidth?: 'normal' | 'low'
  /** `attributes` where NO_COLOR asks for it. */
  readonly palette?: Palette
  /** Default: the process's own. */
  readonly terminal?: { readonly stdin: TerminalInput & NodeJS.ReadableStream; readonly stdout: TerminalOutput & { readonly fd?: number } }
}

export type DashboardEnd = 'quit' | 'aborted'
