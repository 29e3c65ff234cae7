import type { SpectrumAnswer, SpectrumPeak } from '../analysis/vibration/spectrum-answer.js'
import { recordLine } from './record-line.js'
import { type PlotMark, spectrumPlot } from './spectrum-plot.js'
import { SPEED_SOURCE } from './speed-source.js'
import { formatTable } from './table.js'
import { terminalSafe } from './terminal-safe.js'

const ROWS = 10
/** Below a millisecond a cepstrum describes the shape of the spectrum, and would dwarf what returns. */
const SHORTEST_PERIOD_S = 1e-3

/** A spectrum as braille dots with the named lines marked, and its lines as a table. */
export function formatSpectrum(answer: SpectrumAnswer, columns: number): string {
  const { axis, peaks, unit } = answer
  const rows = peaks.map((peak) => rowOf(peak, axis))
  return [
    recordLine(answer),
    ...speedLines(answer),
    '',
    plotOf(answer, Math.max(40, columns - 6)),
    '',
    rows.length === 0
      ? axis === 's'
        ? 'nothing returns that noise would not show'
        : 'no line stands clear of the noise'
      : formatTable(
          axis === 's'
            ? ['PERIOD, MS', 'ONE OVER IT, HZ', unit, 'OVER NOISE, DB', 'WHAT']
            : ['HZ', 'ORDER', terminalSafe(unit), 'OVER NOISE, DB', 'WHAT'],
          rows,
        ),
    ...answer.warnings.map((warning) => `warning  ${terminalSafe(warning)}`),
  ].join('\n')
}

function rowOf({ at, frequencyHz, amplitude, order, overNoiseDb, names }: SpectrumPeak, axis: SpectrumAnswer['axis']): string[] {
  const place =
    axis === 's' ? [(1000 * at).toFixed(3), frequencyHz.toFixed(2)] : [frequencyHz.toFixed(2), order === null ? '—' : order.toFixed(3)]
  return [...place, amplitude.toPrecision(4), overNoiseDb.toFixed(0), names.join(', ')]
}

function speedLines({ speed }: SpectrumAnswer): string[] {
  if (speed === null) return []
  return [
    `speed ${speed.meanRpm.toFixed(1)} rpm (${speed.minRpm.toFixed(0)} to ${speed.maxRpm.toFixed(0)}), by ${SPEED_SOURCE[speed.source]}`,
  ]
}

function plotOf({ kind, axis, start, step, values, band, peaks }: SpectrumAnswer, columns: number): string {
  if (axis === 's') {
    const from = Math.ceil(SHORTEST_PERIOD_S / step)
    const shown = Float64Array.from(values.slice(from), (value) => Math.max(0, value))
    const top = shown.reduce((most, value) => Math.max(most, value), 0)
    return spectrumPlot(
      { stepHz: step, levelDb: shown },
      {
        title: 'cepstrum over the period',
        columns,
        rows: ROWS,
        axis,
        start: from * step,
        height: { from: 0, to: top || 1, text: `height ${top.toPrecision(2)} Np` },
        marks: marksOf(peaks, axis),
      },
    )
  }
  const levelDb = Float64Array.from(values, (value) => (kind === 'psd' ? 10 : 20) * Math.log10(Math.max(value, Number.MIN_VALUE)))
  const of = band === null ? '' : `, of ${band.lowHz.toFixed(0)}–${band.highHz.toFixed(0)} Hz`
  return spectrumPlot(
    { stepHz: step, levelDb },
    { title: `${kind} spectrum over ${axis}${of}`, columns, rows: ROWS, marks: marksOf(peaks, axis), axis, start },
  )
}

function marksOf(peaks: readonly SpectrumPeak[], axis: SpectrumAnswer['axis']): PlotMark[] {
  return peaks.flatMap(({ at, names: [name] }) =>
    name === undefined || (axis === 's' && name.includes('periods'))
      ? []
      : [{ hz: at, label: name.replaceAll(/BPF|·BSF|TF|mains | /g, '').slice(0, 2) }],
  )
}
