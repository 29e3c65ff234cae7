import type { BearingDiagnosis } from '../analysis/bearing/diagnosis.js'
import type { VibrationAssessment, VibrationFinding, VibrationInput } from '../analysis/vibration/assessment.js'
import { nothingFound } from '../analysis/vibration/open-questions.js'
import { plottedSpectra } from '../analysis/vibration/plotted-spectra.js'
import { recordLine } from './record-line.js'
import { type PlotMark, spectrumPlot } from './spectrum-plot.js'
import { formatTable } from './table.js'
import { terminalSafe } from './terminal-safe.js'

const SHOWN_LINES = 6
const NARROWEST = 40
const WIDEST = 100
/** The envelope plot reaches this many times the highest fault frequency. */
const ENVELOPE_REACH = 3.5

/** One screen: levels, zone, verdict with its lines, spectrum and envelope with the fault lines marked. */
export function formatVibrationReport(input: VibrationInput, assessment: VibrationAssessment, columns: number): string {
  const { bearing, overall, severity, warnings } = assessment
  const speed = assessment.shaftSpeedRpm === null ? 'speed unknown' : `${assessment.shaftSpeedRpm.toFixed(0)} rpm`
  return [
    `${recordLine(assessment)}, ${speed}`,
    '',
    `acceleration  ${level(overall.accelerationRmsMPerS2, 'm/s² RMS')}    crest factor ${level(overall.crestFactor, '')}   kurtosis ${level(overall.kurtosis, '(3 is Gaussian)')}`,
    `velocity      ${level(overall.velocityRmsMmPerS, 'mm/s RMS, 10–1000 Hz')}`,
    `severity      ${severity ? `zone ${severity.zone}  (${severity.standard}, group ${severity.group}, ${severity.support}: ${severity.boundariesMmPerS.join(' / ')} mm/s)` : '—'}`,
    `bearing       ${bearing ? `${bearing.verdict}, ${Math.round(bearing.confidence * 100)} % sure: ${bearing.reason}` : '—'}`,
    ...(bearing ? bearingLines(bearing) : []),
    ...assessment.findings.flatMap(findingLines),
    ...(assessment.findings.length > 0 ? notJudgedLines(assessment) : [`findings      ${terminalSafe(nothingFound(assessment))}`]),
    '',
    // Of a channel on which nothing moves there is nothing to see.
    ...(overall.crestFactor === null ? [] : plots(input, bearing, Math.max(NARROWEST, Math.min(WIDEST, columns - 6)))),
    ...warnings.map((warning) => `warning  ${terminalSafe(warning)}`),
  ].join('\n')
}

function findingLines({ code, severity, evidence, alsoConsistentWith = [], wouldTell = null }: VibrationFinding): string[] {
  return [
    `${severity.padEnd(7)}  ${code}: ${terminalSafe(evidence)}`,
    ...(alsoConsistentWith.length === 0 ? [] : [`         or ${terminalSafe(alsoConsistentWith.join(', '))}`]),
    ...(wouldTell === null ? [] : [`         to tell: ${terminalSafe(wouldTell)}`]),
  ]
}

/** Rules that could not judge, together where they have the same reason. */
function notJudgedLines({ notJudged }: VibrationAssessment): string[] {
  const reasons = Map.groupBy(notJudged, ({ why }) => why)
  return [...reasons].map(([why, rules]) => `not judged  ${rules.map(({ rule }) => rule).join(', ')}: ${terminalSafe(why)}`)
}

function level(value: number | null, unit: string): string {
  return value === null ? '—' : `${value.toPrecision(4)} ${unit}`.trimEnd()
}

function bearingLines(bearing: BearingDiagnosis): string[] {
  const ranking = bearing.ranking.map(({ fault, score }) => `${fault} ${score.toFixed(2)}`).join('  ')
  const speed =
    bearing.estimatedSpeedRpm === null ? [] : [`              the record shows a shaft at ${bearing.estimatedSpeedRpm.toFixed(0)} rpm`]
  const band = bearing.band
    ? [
        `              most impulsive at ${bearing.band.centreHz.toFixed(0)} Hz ± ${(bearing.band.widthHz / 2).toFixed(0)} Hz (kurtosis ${bearing.band.kurtosis.toFixed(1)})`,
      ]
    : []
  const rows = bearing.evidence
    .slice(0, SHOWN_LINES)
    .map((line) => [
      `              ${line.fault} ${line.harmonic}×${line.sideband === null ? '' : ` ${line.sideband}`}`,
      `${line.frequencyHz.toFixed(1)} Hz`,
      `${line.expectedHz.toFixed(1)} Hz`,
      `${line.overNoiseDb.toFixed(0)} dB`,
      line.view,
    ])
  const table = rows.length > 0 ? ['', formatTable(['              LINE', 'FOUND', 'EXPECTED', 'OVER NOISE', 'SEEN IN'], rows)] : []
  return [`              ranking  ${ranking}`, ...speed, ...band, ...table]
}

function plots({ samples, sampleRateHz, shaftSpeedRpm }: VibrationInput, bearing: BearingDiagnosis | null, columns: number): string[] {
  if (samples.length < 256) return []
  const frequencies = bearing?.frequenciesHz
  const envelopeMaxHz = frequencies ? Math.min(sampleRateHz / 4, ENVELOPE_REACH * frequencies.bpfi) : Math.min(sampleRateHz / 4, 500)
  const { spectrum, envelope } = plottedSpectra(samples, { sampleRateHz, envelopeMaxHz })
  const stretch = bearing?.estimatedSpeedRpm && shaftSpeedRpm ? bearing.estimatedSpeedRpm / shaftSpeedRpm : 1
  const marks: PlotMark[] = frequencies
    ? [1, 2, 3].flatMap((h) => [
        { hz: h * stretch * frequencies.bpfo, label: 'O' },
        { hz: h * stretch * frequencies.bpfi, label: 'I' },
        { hz: 2 * h * stretch * frequencies.bsf, label: 'B' },
        { hz: h * stretch * frequencies.ftf, label: 'C' },
      ])
    : []
  const legend = marks.length > 0 ? '; O outer race, I inner race, B ball, C cage' : ''
  return [
    spectrumPlot(spectrum, { title: 'spectrum', columns, rows: 6 }),
    '',
    spectrumPlot(envelope, { title: `envelope spectrum, pre-whitened${legend}`, columns, rows: 6, marks }),
    '',
  ]
}
