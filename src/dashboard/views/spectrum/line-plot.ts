import { drawEnvelope, type Envelope, niceScale, type Scale } from '../../../output/envelope-chart.js'
import { widen } from '../../history/history-window.js'
import type { Row } from '../../rows/style.js'
import type { LiveSpectrum } from '../../spectra/spectrum-answer.js'
import { CellCanvas } from '../charts/cell-canvas.js'
import { axisCell } from '../charts/value-axis.js'
import { cellOf, type FrequencyAxis } from './frequency-axis.js'
import type { MachineLine } from './machine-lines.js'

/** Below the highest line by so much, a line counts as nothing. */
const DECIBEL_RANGE = 80

/** A spectrum as a curve, with the machine's lines behind it. */
export function linePlot(
  spectrum: LiveSpectrum,
  axis: FrequencyAxis,
  how: { readonly rows: number; readonly scale: 'linear' | 'decibel'; readonly lines: readonly MachineLine[] },
): readonly Row[] {
  const canvas = new CellCanvas({ columns: axis.cells, rows: how.rows })
  const { envelope, scale } = curveOf(spectrum, axis, how.scale)
  const binDots = (spectrum.stepHz / (axis.toHz - axis.fromHz)) * axis.cells * 2
  const joinWithinDots = Math.max(1, Math.ceil(binDots))
  canvas.lay(drawEnvelope(envelope, scale, { columns: axis.cells, rows: how.rows, joinWithinDots }), { colour: 'cyan' })
  for (const { hz, style } of how.lines) {
    for (let row = 0; row < how.rows; row++) canvas.putBehind(row, cellOf(hz, axis), '┊', style)
  }
  if (axis.cursorCell !== null) canvas.mark(axis.cursorCell)
  return Array.from({ length: how.rows }, (_, line): Row => [axisCell(line, how.rows, scale), ...canvas.row(line)])
}

function curveOf(
  { stepHz, values }: LiveSpectrum,
  { fromHz, toHz, cells }: FrequencyAxis,
  kind: 'linear' | 'decibel',
): { readonly envelope: Envelope; readonly scale: Scale } {
  const dots = cells * 2
  const lows = new Float64Array(dots).fill(Number.NaN)
  const highs = new Float64Array(dots).fill(Number.NaN)
  const [first, end] = [Math.max(1, Math.ceil(fromHz / stepHz)), Math.min(values.length, Math.floor(toHz / stepHz) + 1)]
  let highest = 0
  for (let k = first; k < end; k++) highest = Math.max(highest, values[k] ?? 0)
  const floor = highest * 10 ** (-DECIBEL_RANGE / 20)
  for (let k = first; k < end; k++) {
    const value = values[k] ?? Number.NaN
    const height = kind === 'linear' ? value : 20 * Math.log10(Math.max(value, floor))
    widen({ lows, highs }, Math.min(dots - 1, Math.floor(((k * stepHz - fromHz) / (toHz - fromHz)) * dots)), height, height)
  }
  if (!(highest > 0)) return { envelope: { lows, highs }, scale: { low: 0, high: 1 } }
  const top = 20 * Math.log10(highest)
  const scale = kind === 'linear' ? { low: 0, high: niceScale(0, highest).high } : niceScale(top - DECIBEL_RANGE, top)
  return { envelope: { lows, highs }, scale }
}
