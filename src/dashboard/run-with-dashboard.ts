import type { DashboardEnd, DashboardOptions } from './dashboard-options.js'
import { showDashboard } from './show-dashboard.js'

export interface DashboardRun<Report> {
  readonly dashboard: Omit<DashboardOptions, 'signal'>
  /** Ends both. */
  readonly stop: AbortSignal
  /** What goes on behind the screen; ends in order when its signal aborts. */
  readonly run: (quit: AbortSignal) => Promise<Report>
  /** Whether there is still something to look at when the run has ended by itself. */
  readonly staysOpen: (report: Report) => boolean
  /** The screen is gone and the run goes on without it: told how that came about. Left out: the run ends with the screen. */
  readonly onLeft?: (how: Exclude<DashboardEnd, 'aborted'> | 'broken') => void
}

/**
 * A run with the dashboard before it. Whichever ends first ends the other, and the terminal is restored before this returns or throws: the run's
 * own failure, or the dashboard's.
 */
export async function runWithDashboard<Report>(options: DashboardRun<Report>): Promise<Report> {
  const quit = new AbortController()
  const runEnded = new AbortController()
  const running = options.run(AbortSignal.any([options.stop, quit.signal])).then(
    (report) => {
      if (!options.staysOpen(report)) runEnded.abort()
      return report
    },
    (thrown: unknown) => {
      runEnded.abort()
      throw thrown
    },
  )
  const { onLeft } = options
  let isRunning = true
  void running.catch(() => undefined).finally(() => (isRunning = false))
  const leave = (how: DashboardEnd | 'broken'): void => {
    if (onLeft && how !== 'aborted' && isRunning) onLeft(how)
    else quit.abort()
  }
  const showing = showDashboard({
    ...options.dashboard,
    signal: AbortSignal.any([options.stop, runEnded.signal]),
  }).then(leave, (thrown: unknown) => {
    leave('broken')
    throw thrown
  })
  const [report, shown] = await Promise.allSettled([running, showing])
  if (report.status === 'rejected') throw report.reason as Error
  if (shown.status === 'rejected') throw shown.reason as Error
  return report.value
}
