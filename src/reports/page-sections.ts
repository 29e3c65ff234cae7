import type { BearingDiagnosis } from '../analysis/bearing/diagnosis.js'
import type { VibrationAssessment, VibrationFinding } from '../analysis/vibration/assessment.js'
import { nothingFound } from '../analysis/vibration/open-questions.js'
import type { Provenance } from './provenance.js'
import { markupSafe } from './svg-text.js'

const SHOWN_LINES = 12

/** The figures that are read first. */
export function tiles({ overall, severity, bearing }: VibrationAssessment): string {
  const figure = (value: number | null) => (value === null ? '—' : String(Number(value.toPrecision(4))))
  const shown = [
    [figure(overall.velocityRmsMmPerS), 'mm/s RMS, 10–1000 Hz'],
    [figure(overall.accelerationRmsMPerS2), 'm/s² RMS'],
    [figure(overall.crestFactor), 'crest factor'],
    [figure(overall.kurtosis), 'kurtosis (3 is Gaussian)'],
    [severity === null ? '—' : severity.zone, 'ISO 20816-3 zone'],
    [bearing === null ? '—' : bearing.verdict, bearing === null ? 'bearing' : `bearing, ${Math.round(bearing.confidence * 100)} % sure`],
  ]
  return `<div class="tiles">${shown.map(([value = '', label = '']) => `<div class="tile"><b>${markupSafe(value)}</b><span>${markupSafe(label)}</span></div>`).join('')}</div>`
}

export function findingsSection(assessment: VibrationAssessment): string {
  const { findings, warnings, notJudged } = assessment
  const items = findings.map(
    (finding) =>
      `<li class="${finding.severity}"><b>${markupSafe(finding.code)}</b>${markupSafe(finding.evidence)}${doubtOf(finding)}</li>`,
  )
  const list =
    items.length === 0 ? `<p class="quiet">${markupSafe(nothingFound(assessment))}</p>` : `<ul class="findings">${items.join('')}</ul>`
  const said = warnings.map((warning) => `<p class="quiet">⚠ ${markupSafe(warning)}</p>`)
  const reasons = [...Map.groupBy(notJudged, ({ why }) => why)]
  // Without findings the sentence above names them.
  const open = (items.length === 0 ? [] : reasons).map(
    ([why, rules]) => `<p class="quiet">Not judged: ${markupSafe(rules.map(({ rule }) => rule).join(', '))} – ${markupSafe(why)}</p>`,
  )
  return `<section><h2>Findings</h2>${list}${said.join('')}${open.join('')}</section>`
}

/** What else would look the same, and what would tell. */
function doubtOf({ alsoConsistentWith = [], wouldTell = null }: VibrationFinding): string {
  const also = alsoConsistentWith.length === 0 ? '' : `Also consistent with ${alsoConsistentWith.join(', ')}. `
  const tell = wouldTell === null ? '' : `What would tell: ${wouldTell}.`
  return also + tell === '' ? '' : `<br><span class="quiet">${markupSafe(also + tell)}</span>`
}

export function bearingSection(bearing: BearingDiagnosis | null): string {
  if (bearing === null) return ''
  const ranking = bearing.ranking.map(({ fault, score }) => `${fault} ${score.toFixed(2)}`).join(' · ')
  const rows = bearing.evidence
    .slice(0, SHOWN_LINES)
    .map(
      ({ fault, harmonic, sideband, frequencyHz, expectedHz, overNoiseDb, view }) =>
        `<tr><td>${markupSafe(`${fault} ${harmonic}×${sideband === null ? '' : ` ${sideband}`}`)}</td><td class="number">${frequencyHz.toFixed(2)} Hz</td><td class="number">${expectedHz.toFixed(2)} Hz</td><td class="number">${overNoiseDb.toFixed(1)} dB</td><td>${markupSafe(view)}</td></tr>`,
    )
  const table =
    rows.length === 0
      ? ''
      : `<table><tr><th>line</th><th class="number">found</th><th class="number">expected</th><th class="number">over noise</th><th>seen in</th></tr>${rows.join('')}</table>`
  const speed = bearing.estimatedSpeedRpm === null ? '' : ` The record shows a shaft at ${bearing.estimatedSpeedRpm.toFixed(1)} rpm.`
  return `<section><h2>Bearing: ${markupSafe(bearing.verdict)}</h2><p class="quiet">${markupSafe(bearing.reason)}.${speed} Ranking: ${markupSafe(ranking)}</p>${table}</section>`
}

export function provenanceSection(
  { file, channel, sampleRateHz, durationS }: VibrationAssessment,
  { tool, target, parameters, madeAt }: Provenance,
): string {
  const rows = [
    ['made by', tool],
    ['at', madeAt],
    ['from', target],
    ['file and channel', `${file}, ${channel}`],
    ['samples', `${Math.round(sampleRateHz * durationS)} at ${sampleRateHz} Hz`],
    ['stated', parameters.length === 0 ? 'nothing beyond the file' : parameters.join('  ')],
  ]
  const cells = rows.map(([label = '', value = '']) => `<tr><th>${markupSafe(label)}</th><td>${markupSafe(value)}</td></tr>`)
  return `<section><h2>Where this comes from</h2><table>${cells.join('')}</table></section>`
}
