import type { CommissioningReport, ReportedSensor } from '../commissioning/commissioning-report.js'
import type { CommissioningProgress } from '../commissioning/progress.js'
import { Fault } from '../faults/fault.js'
import type { PlanRequest } from '../licence/client/configuration-client.js'
import { counted } from '../readings/counted.js'
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

/** How far the site of a plan is commissioned, and the sheets of those sensors about which something was written down. */
export interface PlannedCommissioning extends CommissioningProgress {
  readonly sheets: readonly ReportedSensor[]
}

type SiteOfPlan = Pick<PlanRequest, 'site' | 'file'>

/** What is written down about the site of a plan; null where nothing was. @throws Fault SENSORS_UNSIGNED where signatures are demanded and missing. */
export async function plannedCommissioning(
  { site, file }: SiteOfPlan,
  { signatures }: { readonly signatures: 'demanded' | 'not-demanded' },
): Promise<PlannedCommissioning | null> {
  if (file === undefined) return null
  const { journal, progress, sensors } = await commissionedSite({ ...site, path: file }, { tool: '', madeAt: '' })
  if (signatures === 'demanded' && progress.unsigned.length > 0) throw unsignedFault(progress, file)
  return journal.lines === 0 ? null : { ...progress, sheets: sensors.filter(isWritten) }
}

function isWritten({ checks, asFound, asLeft, notes, signedBy, changedAfterSignature }: ReportedSensor): boolean {
  return checks.length > 0 || notes.length > 0 || asFound !== null || asLeft !== null || signedBy !== null || changedAfterSignature
}

function unsignedFault({ sensors, unsigned }: CommissioningProgress, file: string): Fault {
  const named = unsigned.slice(0, 5).join(', ')
  return new Fault('SENSORS_UNSIGNED', {
    message: `${unsigned.length} of ${counted(sensors, 'sensor')} are not signed`,
    where: { file },
    because: unsigned.length > 5 ? `${named} and ${unsigned.length - 5} more` : named,
    advice: { file },
  })
}
