import type { VibrationAssessment, VibrationInput } from '../analysis/vibration/assessment.js'
import type { KurtogramAnswer } from '../analysis/vibration/kurtogram-answer.js'
import { CHART } from './chart-frame.js'
import { bearingSection, findingsSection, provenanceSection, tiles } from './page-sections.js'
import type { Provenance } from './provenance.js'
import { PAGE_STYLE, PLOT_STYLE } from './report-style.js'
import { markupSafe } from './svg-text.js'
import { vibrationPlots } from './vibration-plots.js'
import { zoneBar } from './zone-bar.js'

export interface ReportedChannel {
  readonly input: VibrationInput
  readonly assessment: VibrationAssessment
  /** Null where the record is too short for one. */
  readonly kurtogram: KurtogramAnswer | null
}

const ZONE_HEIGHT = 92

/** One channel as an HTML page that needs nothing else: no script, no font, no request. */
export function vibrationPage(channel: ReportedChannel, provenance: Provenance): string {
  const { input, assessment, kurtogram } = channel
  const { file, channel: name, durationS, sampleRateHz, shaftSpeedRpm, severity, overall } = assessment
  const title = `${file} · ${name}`
  const speed = shaftSpeedRpm === null ? 'shaft speed not stated' : `${Number(shaftSpeedRpm.toFixed(1))} rpm`
  const zone =
    severity === null || overall.velocityRmsMmPerS === null
      ? ''
      : `<section>${svg(zoneBar(severity, overall.velocityRmsMmPerS), ZONE_HEIGHT)}</section>`
  const plots = vibrationPlots(input, assessment, kurtogram).map((plot) => svg(plot, CHART.height))
  return `<!doctype html>
<html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width,initial-scale=1">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'">
<title>${markupSafe(title)}</title><style>${PAGE_STYLE}${PLOT_STYLE}</style></head>
<body><main>
<header><h1>${markupSafe(title)}</h1><p class="sub">${durationS.toFixed(2)} s at ${sampleRateHz} Hz · ${markupSafe(speed)}</p>${tiles(assessment)}</header>
${findingsSection(assessment)}
${zone}
${bearingSection(assessment.bearing)}
<section>${plots.join('\n')}</section>
${provenanceSection(assessment, provenance)}
</main></body></html>
`
}

/** The plots alone, under each other, as one SVG. */
export function vibrationPicture({ input, assessment, kurtogram }: ReportedChannel): string {
  const { severity, overall } = assessment
  const zone = severity === null || overall.velocityRmsMmPerS === null ? null : zoneBar(severity, overall.velocityRmsMmPerS)
  const charts = vibrationPlots(input, assessment, kurtogram)
  const head = zone === null ? 0 : ZONE_HEIGHT
  const placed = charts.map((chart, k) => `<g transform="translate(0 ${head + k * CHART.height})">${chart}</g>`)
  const height = head + charts.length * CHART.height
  return `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${CHART.width} ${height}" width="${CHART.width}" height="${height}">
<title>${markupSafe(`${assessment.file} ${assessment.channel}`)}</title><style>${PLOT_STYLE}</style><rect width="100%" height="100%" fill="#fff"/>
${zone ?? ''}${placed.join('\n')}</svg>
`
}

function svg(drawing: string, height: number): string {
  return `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${CHART.width} ${height}" role="img">${drawing}</svg>`
}
