import type { DashboardState } from './dashboard-state.js'
import type { ScreenOutcome } from './screen-outcome.js'

/** Something that the command bar can do. */
export interface Command {
  readonly name: string
  readonly about: string
  /** What comes behind the name, e.g. `TEXT`; left out: nothing does. */
  readonly argument?: string
  run(screen: DashboardState, argument: string): ScreenOutcome
}
