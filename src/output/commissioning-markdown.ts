import type { CommissioningReport, ReportedCapture, ReportedSensor } from '../commissioning/commissioning-report.js'
import { terminalSafe } from './terminal-safe.js'

/** The sheet as Markdown: reads well as text, and renders. */
export function commissioningMarkdown(report: CommissioningReport): string {
  const { site, progress, journal, tool, madeAt, sensors } = report
  const rows = sensors.map((sensor) => {
    const signed =
      sensor.signedBy === null
        ? sensor.changedAfterSignature
          ? 'changed after the signature'
          : '–'
        : `${sensor.signedBy}, ${sensor.signedAt}`
    return row([sensor.key, captureText(sensor.asFound), captureText(sensor.asLeft), openText(sensor), signed])
  })
  return `# Commissioning of ${cell(site)}

${progress.signed} of ${progress.sensors} sensors are signed${progress.signedWithOpenChecks === 0 ? '' : `, ${progress.signedWithOpenChecks} of them with checks that were not passed`}.

${row(['sensor', 'as found', 'as left', 'not passed', 'signed'])}
${row(['---', '---', '---', '---', '---'])}
${rows.join('\n')}
${sensors.map(sensorSection).join('')}
---

Made ${madeAt} by ${cell(tool)} from ${journal.lines} lines of ${cell(journal.path)}, SHA-256 ${journal.sha256}. Checks are those of the moment of signing; of sensors that are not signed only what was written down is told.
`
}

function sensorSection(sensor: ReportedSensor): string {
  if (sensor.checks.length === 0 && sensor.notes.length === 0) return ''
  const checks = sensor.checks.map(({ check, state, says }) => `- ${check}: **${state}** – ${cell(says)}`)
  const notes = sensor.notes.map((note) => `- note: ${cell(note)}`)
  return `\n## ${cell(sensor.key)}\n\n\`${terminalSafe(sensor.address).replaceAll('`', "'")}\`\n\n${[...checks, ...notes].join('\n')}\n`
}

function openText({ checks, signedBy }: ReportedSensor): string {
  const open = checks.filter(({ state }) => state !== 'passed' && state !== 'confirmed').map(({ check, state }) => `${check} ${state}`)
  if (open.length > 0) return open.join(', ')
  return signedBy === null ? 'not signed yet' : 'none'
}

export function captureText(capture: ReportedCapture | null): string {
  if (!capture) return '–'
  const { value, unit, quality, reference, error } = capture
  const read = value === null ? `no value (${quality})` : `${Number(value.toPrecision(6))} ${unit ?? ''}`.trim()
  if (reference === null) return `${read}, no reference`
  return error === null ? `${read}, reference ${reference}` : `${read}, reference ${reference}, error ${Number(error.toPrecision(4))}`
}

function row(cells: readonly string[]): string {
  return `| ${cells.map(cell).join(' | ')} |`
}

/** Foreign words must not become markup. */
function cell(text: string): string {
  return terminalSafe(text).replace(/[\\|<>*_`[\]]/g, (sign) => `\\${sign}`)
}
