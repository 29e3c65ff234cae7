import type { ReportedSensor } from '../commissioning/commissioning-report.js'
import type { Limits } from '../readings/sensor.js'
import { captureText } from './commissioning-markdown.js'
import { formatProgress } from './commissioning-progress.js'
import { terminalSafe } from './terminal-safe.js'

const SHEETS_SHOWN = 100
const NOTES_SHOWN = 3

/** How the sensors of a plan were left and who signed that, then how far the site is. The licence server keeps none of it: its document has no room for it. */
export function formatPlannedCommissioning(
  planned: Parameters<typeof formatProgress>[0] & { readonly sheets: readonly ReportedSensor[] },
): string {
  const { sheets } = planned
  const more = sheets.length > SHEETS_SHOWN ? [`  … and ${sheets.length - SHEETS_SHOWN} more`] : []
  return [...sheets.slice(0, SHEETS_SHOWN).flatMap(sheetLines), ...more, formatProgress(planned)].join('\n')
}

function sheetLines({
  key,
  unit,
  limits,
  checks,
  asLeft,
  notes,
  signedBy,
  signedAt,
  changedAfterSignature,
}: ReportedSensor): readonly string[] {
  const told = checks.map(({ check, state }) => `${check} ${state}`).join(', ')
  const signed = signedBy !== null ? `${signedBy}, ${signedAt}` : changedAfterSignature ? 'no: changed after the signature' : 'no'
  const facts: readonly (readonly [string, string])[] = [
    ['as left', asLeft ? `${captureText(asLeft)}, ${asLeft.by}` : 'not captured'],
    ['unit', unit ?? 'not stated'],
    ['limits', limitsWords(limits)],
    ['checks', told === '' ? 'nobody said anything' : told],
    ...notes.slice(-NOTES_SHOWN).map((note) => ['note', note] as const),
    ['signed', signed],
  ]
  return [`  ${terminalSafe(key)}`, ...facts.map(([name, says]) => `      ${name.padEnd(8)} ${terminalSafe(says, { maxWidth: 200 })}`)]
}

function limitsWords(limits: Limits | null): string {
  const { criticalLow, warningLow, warningHigh, criticalHigh } = limits ?? {}
  const parts = Object.entries({
    'critical low': criticalLow,
    'warning low': warningLow,
    'warning high': warningHigh,
    'critical high': criticalHigh,
  })
  return parts.flatMap(([name, limit]) => (limit === undefined ? [] : [`${name} ${limit}`])).join(', ') || 'none stated'
}
