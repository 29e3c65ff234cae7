import type { CommissioningReport } from '../commissioning/commissioning-report.js'
import type { CommissioningProgress } from '../commissioning/progress.js'
import type { PlanRequest } from '../licence/client/configuration-client.js'
import type { LoadedSite } from '../site/load-site.js'

/** What is written down about the sensors of a site, from the journal beside its file; no lines where there is none. */
export async function commissionedSite(
  site: LoadedSite,
  { tool, madeAt }: { readonly tool: string; readonly madeAt: string },
): Promise<CommissioningReport> {
  const { journalPathOf, readCommissioning } = await import('../commissioning/journal.js')
  const { commissioningReport } = await import('../commissioning/commissioning-report.js')
  const { commissionedSensors } = await import('../commissioning/progress.js')
  const { sheetsOf } = await import('../commissioning/sheet.js')
  const path = journalPathOf(site.path)
  const { entries, sha256 } = await readCommissioning(path)
  const journal = { path, sha256, lines: entries.length }
  return commissioningReport(commissionedSensors(site.sensors, sheetsOf(entries)), { site: site.name, journal, tool, madeAt })
}

/** How far the site of a plan is commissioned; null where nothing was written down. */
export async function commissioningProgress({ site, file }: Pick<PlanRequest, 'site' | 'file'>): Promise<CommissioningProgress | null> {
  if (file === undefined) return null
  const { journal, progress } = await commissionedSite({ ...site, path: file }, { tool: '', madeAt: '' })
  return journal.lines === 0 ? null : progress
}
