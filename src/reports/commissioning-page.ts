import type { CommissioningReport, ReportedSensor } from '../commissioning/commissioning-report.js'
import { captureText } from '../output/commissioning-markdown.js'
import { PAGE_STYLE } from './report-style.js'
import { markupSafe } from './svg-text.js'

/** The sheet as an HTML page that needs nothing else, with room for a signature on paper. */
export function commissioningPage(report: CommissioningReport): string {
  const { site, progress, sensors, journal, tool, madeAt } = report
  const rows = sensors.map(
    (sensor) =>
      `<tr><td>${markupSafe(sensor.key)}</td><td>${markupSafe(captureText(sensor.asFound))}</td><td>${markupSafe(captureText(sensor.asLeft))}</td><td>${markupSafe(signedText(sensor))}</td></tr>`,
  )
  const tile = (number: number, about: string): string => `<div class="tile"><b>${number}</b><span>${about}</span></div>`
  return `<!doctype html>
<html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width,initial-scale=1">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'">
<title>Commissioning of ${markupSafe(site)}</title><style>${PAGE_STYLE}</style></head>
<body><main>
<header><h1>Commissioning of ${markupSafe(site)}</h1><p class="sub">${markupSafe(madeAt)}</p><div class="tiles">${tile(progress.sensors, 'sensors')}${tile(progress.signed, 'signed')}${tile(progress.signedWithOpenChecks, 'of them with open checks')}</div></header>
<section><h2>As found, as left</h2><table><tr><th>sensor</th><th>as found</th><th>as left</th><th>signed</th></tr>${rows.join('')}</table></section>
${sensors.map(sensorSection).join('\n')}
<section><h2>Signature</h2><p class="quiet">place, date, name</p><p>&nbsp;</p></section>
<section><h2>Where this comes from</h2><p class="quiet">${markupSafe(`${tool}; ${journal.lines} lines of ${journal.path}, SHA-256 ${journal.sha256}`)}. Checks are those of the moment of signing; of sensors that are not signed only what was written down is told.</p></section>
</main></body></html>
`
}

function sensorSection(sensor: ReportedSensor): string {
  if (sensor.checks.length === 0 && sensor.notes.length === 0) return ''
  const checks = sensor.checks.map(({ check, state, says }) => {
    const look = state === 'failed' || state === 'rejected' ? ' class="fault"' : state === 'open' ? ' class="warning"' : ''
    return `<li${look}><b>${check}: ${state}</b>${markupSafe(says)}</li>`
  })
  const notes = sensor.notes.map((note) => `<li><b>note</b>${markupSafe(note)}</li>`)
  return `<section><h2>${markupSafe(sensor.key)}</h2><p class="quiet">${markupSafe(sensor.address)}</p><ul class="findings">${[...checks, ...notes].join('')}</ul></section>`
}

function signedText({ signedBy, signedAt, changedAfterSignature }: ReportedSensor): string {
  if (signedBy !== null) return `${signedBy}, ${signedAt}`
  return changedAfterSignature ? 'changed after the signature' : '–'
}
