import type { PlottedSpectrum } from '../analysis/vibration/plotted-spectra.js'
import { brailleCanvas } from './braille-canvas.js'

export interface PlotMark {
  readonly hz: number
  /** One or two letters. */
  readonly label: string
}

/**
 * A spectrum in braille dots, the strongest line of each dot column, with marks under it and an axis. The height spans from the median (noise) to the highest line.
 */
export function spectrumPlot(
  spectrum: PlottedSpectrum,
  options: {
    readonly title: string
    readonly columns: number
    readonly rows: number
    readonly marks?: readonly PlotMark[]
    readonly axis?: 'Hz' | 'order'
  },
): string {
  const { columns, rows, marks = [] } = options
  const canvas = brailleCanvas({ columns, rows })
  const { levelDb, stepHz } = spectrum
  const lines = levelDb.subarray(1)
  const floor = [...lines].sort((a, b) => a - b)[lines.length >> 1] ?? 0
  const top = lines.reduce((highest, level) => Math.max(highest, level), floor + 1)
  for (let dot = 0; dot < canvas.dotsWide; dot++) {
    const from = Math.floor((dot * lines.length) / canvas.dotsWide)
    const to = Math.max(from + 1, Math.floor(((dot + 1) * lines.length) / canvas.dotsWide))
    let strongest = Number.NEGATIVE_INFINITY
    for (let k = from; k < to; k++) strongest = Math.max(strongest, lines[k] ?? strongest)
    const height = ((strongest - floor) / (top - floor)) * (canvas.dotsHigh - 1)
    if (height >= 0) canvas.bar(dot, 0, Math.round(height))
  }
  const maxHz = levelDb.length * stepHz
  return [
    `${options.title}  (height ${(top - floor).toFixed(0)} dB above the median)`,
    ...canvas.rows().map((row) => `  │${row.trimEnd()}`),
    `  └${'─'.repeat(columns)}`,
    ...(marks.length > 0 ? [`   ${markRow(marks, columns, maxHz)}`] : []),
    axisRow(maxHz, columns, options.axis ?? 'Hz'),
  ].join('\n')
}

function markRow(marks: readonly PlotMark[], columns: number, maxHz: number): string {
  const row = new Array<string>(columns).fill(' ')
  for (const { hz, label } of marks) {
    const column = Math.min(columns - label.length, Math.floor((hz / maxHz) * columns))
    if (hz >= maxHz || row.slice(column, column + label.length).some((cell) => cell !== ' ')) continue
    for (const [k, letter] of [...label].entries()) row[column + k] = letter
  }
  return row.join('').trimEnd()
}

function axisRow(maxHz: number, columns: number, axis: 'Hz' | 'order'): string {
  if (axis === 'order') return `   0${`order ${maxHz.toFixed(0)}`.padStart(columns - 1)}`
  const right = `${maxHz >= 10_000 ? `${(maxHz / 1000).toFixed(1)} k` : maxHz.toFixed(0)}Hz`
  return `   0${' '.repeat(Math.max(1, columns - 1 - right.length))}${right}`
}
