import type { Limits } from '../readings/sensor.js'
import type { EpochMicros } from '../readings/time.js'
import { CHECKS, type CheckId, type CheckResult } from './check.js'
import { responseResult } from './judge-sensor.js'
import type { CommissionedSensor, CommissioningProgress } from './progress.js'
import { progressOf } from './progress.js'
import type { KeptCapture } from './sheet.js'

/** What is handed over: every sensor with what was found, what was left and who signed. Renderers make text of it. */
export interface CommissioningReport {
  readonly schema: 'chatterfix/commissioning/1'
  readonly site: string
  readonly journal: { readonly path: string; readonly sha256: string; readonly lines: number }
  readonly tool: string
  /** RFC 3339. */
  readonly madeAt: string
  readonly progress: CommissioningProgress
  readonly sensors: readonly ReportedSensor[]
}

export interface ReportedSensor {
  readonly key: string
  readonly address: string
  readonly unit: string | null
  /** As the site file states them; null where it states none. */
  readonly limits: Limits | null
  /** As they stood when it was signed; before that, only what was written down, as a machine's checks need the running sensor. */
  readonly checks: readonly (CheckResult & { readonly check: CheckId })[]
  readonly asFound: ReportedCapture | null
  readonly asLeft: ReportedCapture | null
  readonly notes: readonly string[]
  readonly signedBy: string | null
  readonly signedAt: string | null
  readonly changedAfterSignature: boolean
}

export interface ReportedCapture {
  readonly value: number | null
  readonly unit: string | null
  readonly quality: string
  readonly reference: number | null
  /** value − reference; null where either is missing. */
  readonly error: number | null
  readonly by: string
  readonly at: string
}

export function commissioningReport(
  sensors: readonly CommissionedSensor[],
  from: Pick<CommissioningReport, 'site' | 'journal' | 'tool' | 'madeAt'>,
): CommissioningReport {
  return { schema: 'chatterfix/commissioning/1', ...from, progress: progressOf(sensors), sensors: sensors.map(reportedSensor) }
}

function reportedSensor({ sensor, sheet }: CommissionedSensor): ReportedSensor {
  const { signed, verdicts, response } = sheet
  const checks = CHECKS.flatMap((check): readonly (CheckResult & { readonly check: CheckId })[] => {
    if (signed) return [{ check, ...signed.results[check] }]
    const verdict = verdicts[check]
    if (verdict) return [{ check, state: verdict.verdict, says: verdict.says === '' ? verdict.by : `${verdict.by}: ${verdict.says}` }]
    return check === 'stimulus' && response ? [{ check, ...responseResult(response) }] : []
  })
  return {
    key: sensor.key,
    address: sensor.address,
    unit: sensor.unit,
    limits: sensor.limits ?? null,
    checks,
    asFound: reportedCapture(sheet.asFound),
    asLeft: reportedCapture(sheet.asLeft),
    notes: sheet.notes.map(({ at, by, says }) => `${timeText(at)} ${by}: ${says}`),
    signedBy: signed?.by ?? null,
    signedAt: signed ? timeText(signed.at) : null,
    changedAfterSignature: sheet.changedSince === 'yes',
  }
}

function reportedCapture(capture: KeptCapture | null): ReportedCapture | null {
  if (!capture) return null
  const { value, unit, quality, reference, by, at } = capture
  // Nine digits: the difference of two readings has no more, and 5 − 4.9 shall not read 0.0999999999999996.
  const error = value === null || reference === null ? null : Number((value - reference).toPrecision(9))
  return { value, unit, quality, reference, error, by, at: timeText(at) }
}

function timeText(at: EpochMicros): string {
  return new Date(at / 1000).toISOString().replace(/\.\d+Z$/, 'Z')
}
