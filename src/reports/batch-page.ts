import type { VibrationAssessment } from '../analysis/vibration/assessment.js'
import { CHART } from './chart-frame.js'
import { bearingSection, findingsSection, tiles } from './page-sections.js'
import type { Provenance } from './provenance.js'
import { PAGE_STYLE, PLOT_STYLE } from './report-style.js'
import { markupSafe } from './svg-text.js'
import { isWorthDrawing, type Reported, worstFirst } from './worst-first.js'
import { zoneBar } from './zone-bar.js'

/** More rows nobody reads; the results themselves hold all. */
const MOST_ROWS = 20_000
/** A page of more sections no browser likes. */
const MOST_SECTIONS = 500
const ZONE_HEIGHT = 92

/** Many channels as one page: a table, worst first, that leads to a section each for the worst. */
export function batchPage(reported: readonly Reported[], provenance: Provenance): string {
  const sorted = worstFirst(reported)
  const shown = sorted.slice(0, MOST_ROWS)
  const sections = shown.slice(0, MOST_SECTIONS).map((each, k) => sectionOf(each, k))
  const rows = shown.map((each, k) => rowOf(each, k < MOST_SECTIONS ? k : null))
  const left = sorted.length - shown.length
  const drawn = sorted.filter((each) => 'assessment' in each && each.plots !== undefined).length
  const undrawn = sorted.filter(isWorthDrawing).length - drawn
  const title = `Vibration of ${sorted.filter((each) => 'assessment' in each).length} channels`
  return `<!doctype html>
<html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width,initial-scale=1">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'">
<title>${title}</title><style>${PAGE_STYLE}${PLOT_STYLE}</style></head>
<body><main>
<header id="top"><h1>${title}</h1><p class="sub">${markupSafe(`${provenance.target} · ${countsOf(sorted)}`)}</p></header>
<section><h2>Worst first</h2><table class="index"><tr><th>file</th><th>channel</th><th>zone</th><th class="number">mm/s RMS</th><th>bearing</th><th>findings</th><th>warnings</th></tr>${rows.join('\n')}</table>${left > 0 ? `<p class="quiet">${left} more are in the results.</p>` : ''}${undrawn > 0 ? `<p class="quiet">Spectra are drawn of ${drawn} of the channels with faults or warnings; of ${undrawn} they are left out: analyze vibration FILE --report FILE.html draws them.</p>` : ''}</section>
${sections.join('\n')}
<section><h2>Where this comes from</h2><table>${[
    ['made by', provenance.tool],
    ['at', provenance.madeAt],
    ['from', provenance.target],
    ['stated', provenance.parameters.length === 0 ? 'nothing beyond the files' : provenance.parameters.join('  ')],
  ]
    .map(([label = '', value = '']) => `<tr><th>${markupSafe(label)}</th><td>${markupSafe(value)}</td></tr>`)
    .join('')}</table></section>
</main></body></html>
`
}

function countsOf(sorted: readonly Reported[]): string {
  const count = (wanted: (each: Reported) => boolean) => sorted.filter(wanted).length
  const of = (severity: string) =>
    count((each) => 'assessment' in each && each.assessment.findings.some((finding) => finding.severity === severity))
  const [faults, failed] = [of('fault'), count((each) => 'failure' in each)]
  return [
    `${faults} with faults`,
    `${of('warning')} with findings to watch`,
    `${count((each) => 'assessment' in each && each.assessment.warnings.length > 0)} with warnings`,
    ...(failed === 0 ? [] : [`${failed} that could not be analysed`]),
  ].join(', ')
}

function rowOf(each: Reported, section: number | null): string {
  const name = section === null ? markupSafe(each.path) : `<a href="#c${section}">${markupSafe(each.path)}</a>`
  if ('failure' in each) return `<tr class="failed"><td>${name}</td><td colspan="6">${markupSafe(each.failure)}</td></tr>`
  const { channel, severity, overall, bearing, findings, warnings } = each.assessment
  const velocity = overall.velocityRmsMmPerS === null ? '—' : overall.velocityRmsMmPerS.toPrecision(3)
  const zone = severity === null ? '—' : `<span class="badge zone-${severity.zone}">${severity.zone}</span>`
  const codes = findings.map(({ code, severity: grade }) => `<span class="code ${grade}">${markupSafe(code)}</span>`)
  return `<tr><td>${name}</td><td>${markupSafe(channel)}</td><td>${zone}</td><td class="number">${velocity}</td><td>${markupSafe(bearing?.verdict ?? '—')}</td><td>${codes.join(' ')}</td><td class="number">${warnings.length === 0 ? '' : `⚠ ${warnings.length}`}</td></tr>`
}

function sectionOf(each: Reported, k: number): string {
  if ('failure' in each) {
    return `<section id="c${k}"><h2>${markupSafe(each.path)}</h2><p class="quiet">Could not be analysed: ${markupSafe(each.failure)}</p></section>`
  }
  const { assessment, path } = each
  const { severity, overall, channel, durationS, sampleRateHz, shaftSpeedRpm } = assessment
  const speed = shaftSpeedRpm === null ? 'shaft speed not stated' : `${Number(shaftSpeedRpm.toFixed(1))} rpm`
  const zone =
    severity === null || overall.velocityRmsMmPerS === null
      ? ''
      : `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 920 ${ZONE_HEIGHT}" role="img">${zoneBar(severity, overall.velocityRmsMmPerS)}</svg>`
  return `<article id="c${k}"><header><h1>${markupSafe(`${path} · ${channel}`)}</h1><p class="sub">${durationS.toFixed(2)} s at ${sampleRateHz} Hz · ${markupSafe(speed)} · <a href="#top">all channels</a></p>${tiles(assessment)}</header>${partsOf(assessment, zone)}${plotsOf(each.plots)}</article>`
}

function plotsOf(plots: readonly string[] = []): string {
  const drawings = plots.map(
    (plot) => `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${CHART.width} ${CHART.height}" role="img">${plot}</svg>`,
  )
  return drawings.length === 0 ? '' : `<section>${drawings.join('')}</section>`
}

function partsOf(assessment: VibrationAssessment, zone: string): string {
  return `${findingsSection(assessment)}${zone === '' ? '' : `<section>${zone}</section>`}${bearingSection(assessment.bearing)}`
}
