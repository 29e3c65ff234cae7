import process from 'node:process'
import type { DashboardStore } from './store.js'
import type { Palette } from './style.js'
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
  /** The person left a mark (`m`); without it there is nothing to mark. */
  readonly onMark?: () => void
  /** `low`: a frame a second, slower charts, nothing that moves by itself. */
  readonly bandwidth?: 'normal' | 'low'
  /** `attributes` where NO_COLOR asks for it. */
  readonly palette?: Palette
  /** Default: the process's own. */
  readonly terminal?: { readonly stdin: TerminalInput & NodeJS.ReadableStream; readonly stdout: TerminalOutput & { readonly fd?: number } }
}

export type DashboardEnd = 'quit' | 'aborted'

/**
 * Shows the dashboard on the terminal until somebody quits or `signal` aborts. Ink and React are loaded only here. The terminal
 * is as it was afterwards, however it ends: quit, abort, signal, an exception in a view (which is thrown on), `process.exit`.
 */
export async function showDashboard(options: DashboardOptions): Promise<DashboardEnd> {
  // React's development build triples the CPU and keeps a performance entry per render for ever; it decides when it is imported.
  process.env['NODE_ENV'] = 'production'
  const { mountDashboard } = await import('./mount-dashboard.js')
  return await mountDashboard(options)
}
