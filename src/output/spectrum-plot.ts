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
    readonly axis?: 'Hz' | 'order' | 's'
    /** Where the first value lies; 0 unless said. */
    readonly start?: number
    /** From its foot to its top, where it is no level above the median. */
    readonly height?: { readonly from: number; readonly to: number; readonly text: string }
  },
): string {
  const { columns, rows, marks = [] } = options
  const canvas = brailleCanvas({ columns, rows })
  const { levelDb, stepHz } = spectrum
  const start = options.start ?? 0
  const lines = levelDb.subarray(1)
  const floor = options.height?.from ?? lines.slice().sort()[lines.length >> 1] ?? 0
  const top = options.height?.to ?? lines.reduce((highest, level) => Math.max(highest, level), floor + 1)
  for (let dot = 0; dot < canvas.dotsWide; dot++) {
    const from = Math.floor((dot * lines.length) / canvas.dotsWide)
    const to = Math.max(from + 1, Math.floor(((dot + 1) * lines.length) / canvas.dotsWide))
    let strongest = Number.NEGATIVE_INFINITY
    for (let k = from; k < to; k++) strongest = Math.max(strongest, lines[k] ?? strongest)
    const height = ((strongest - floor) / (top - floor)) * (canvas.dotsHigh - 1)
    if (height >= 0) canvas.bar(dot, 0, Math.round(height))
  }
  const end = start + levelDb.length * stepHz
  const height = options.height?.text ?? `height ${(top - floor).toFixed(0)} dB above the median`
  return [
    `${options.title}  (${height})`,
    ...canvas.rows().map((row) => `  │${row.trimEnd()}`),
    `  └${'─'.repeat(columns)}`,
    ...(marks.length > 0 ? [`   ${markRow(marks, columns, { start, end })}`] : []),
    axisRow({ start, end }, columns, options.axis ?? 'Hz'),
  ].join('\n')
}

interface Span {
  readonly start: number
  readonly end: number
}

function markRow(marks: readonly PlotMark[], columns: number, { start, end }: Span): string {
  const row = new Array<string>(columns).fill(' ')
  for (const { hz, label } of marks) {
    const column = Math.min(columns - label.length, Math.floor(((hz - start) / (end - start)) * columns))
    if (hz >= end || hz < start || row.slice(column, column + label.length).some((cell) => cell !== ' ')) continue
    for (const [k, letter] of [...label].entries()) row[column + k] = letter
  }
  return row.join('').trimEnd()
}

function axisRow({ start, end }: Span, columns: number, axis: 'Hz' | 'order' | 's'): string {
  const left = start === 0 ? '0' : endText(start, axis).replace(/ .*$/, '')
  const right = endText(end, axis)
  return `   ${left}${' '.repeat(Math.max(1, columns - left.length - right.length))}${right}`
}

function endText(value: number, axis: 'Hz' | 'order' | 's'): string {
  switch (axis) {
    case 'order':
      return `order ${value.toFixed(0)}`
    case 's':
      return `${(value * 1000).toFixed(0)} ms`
    case 'Hz':
      return value >= 10_000 ? `${(value / 1000).toFixed(1)} kHz` : `${value.toFixed(value < 100 && value % 1 !== 0 ? 1 : 0)} Hz`
  }
}
