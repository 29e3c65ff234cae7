import type { SpectrumAnswer } from '../analysis/vibration/spectrum-answer.js'
import { type PlotMark, spectrumPlot } from './spectrum-plot.js'
import { formatTable } from './table.js'
import { terminalSafe } from './terminal-safe.js'

/** A spectrum as braille dots with the named lines marked, and its lines as a table. */
export function formatSpectrum(answer: SpectrumAnswer, columns: number): string {
  const { values, step, axis, peaks, unit, kind } = answer
  const levelDb = Float64Array.from(values, (value) => (kind === 'psd' ? 10 : 20) * Math.log10(Math.max(value, Number.MIN_VALUE)))
  const marks = peaks.flatMap(({ frequencyHz, order, names }): PlotMark[] =>
    names[0] === undefined
      ? []
      : [{ hz: axis === 'order' ? (order ?? 0) : frequencyHz, label: names[0].replaceAll(/BPF|\u00b7BSF|TF|mains | /g, '').slice(0, 2) }],
  )
  const band = answer.band === null ? '' : `, of ${answer.band.lowHz.toFixed(0)}–${answer.band.highHz.toFixed(0)} Hz`
  const rows = peaks.map(({ frequencyHz, amplitude, order, overNoiseDb, names }) => [
    frequencyHz.toFixed(2),
    order === null ? '—' : order.toFixed(3),
    amplitude.toPrecision(4),
    overNoiseDb.toFixed(0),
    names.join(', '),
  ])
  return [
    `${terminalSafe(answer.file)}  ${terminalSafe(answer.channel)}  ${answer.durationS.toFixed(2)} s at ${answer.sampleRateHz} Hz`,
    '',
    spectrumPlot(
      { stepHz: step, levelDb },
      { title: `${kind} spectrum over ${axis}${band}`, columns: Math.max(40, columns - 6), rows: 10, marks, axis },
    ),
    '',
    rows.length === 0
      ? 'no line stands clear of the noise'
      : formatTable(['HZ', 'ORDER', terminalSafe(unit).toUpperCase() === '' ? 'VALUE' : unit, 'OVER NOISE, DB', 'WHAT'], rows),
    ...answer.warnings.map((warning) => `warning  ${terminalSafe(warning)}`),
  ].join('\n')
}
