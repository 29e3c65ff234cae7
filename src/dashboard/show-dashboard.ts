import process from 'node:process'
import type { DashboardEnd, DashboardOptions } from './dashboard-options.js'

/**
 * Shows the dashboard on the terminal until somebody quits or `signal` aborts. Ink and React are loaded only here. The terminal
 * is as it was afterwards, however it ends: quit, abort, signal, an exception in a view (which is thrown on), `process.exit`.
 */
export async function showDashboard(options: DashboardOptions): Promise<DashboardEnd> {
  if (options.face === 'lines') {
    const { speakDashboard } = await import('./spoken/speak-dashboard.js')
    return await speakDashboard(options)
  }
  // React's development build triples the CPU and keeps a performance entry per render for ever; it decides when it is imported.
  process.env['NODE_ENV'] = 'production'
  const { mountDashboard } = await import('./mount-dashboard.js')
  return await mountDashboard(options)
}
