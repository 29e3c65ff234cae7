import { drawEnvelope, type Scale } from '../../../output/envelope-chart.js'
import type { LiveState } from '../../live/live-state.js'
import type { Row, Span, Style } from '../../rows/style.js'
import { CellCanvas } from './cell-canvas.js'
import type { ShownTime } from './chart-time.js'
import { layLimits, rowOfValue } from './limit-lines.js'
import { constantOf, type SensorCurve } from './sensor-curve.js'
import { axisCell, constantCell } from './value-axis.js'

/** A curve as it is drawn: on which scale, how it looks, and its letter where several share a plot. */
export interface DrawnCurve {
  readonly curve: SensorCurve
  readonly scale: Scale
  readonly style: Style
  readonly letter: string
}

/**
 * Curves over time on one canvas, the last one in front, with the axis and the limits of the last.
 *
 * @param size  rows of the canvas; columns are those of the shown time and the axis.
 */
export function curvePlot(
  live: LiveState,
  curves: readonly DrawnCurve[],
  shown: ShownTime,
  size: { readonly rows: number },
): readonly Row[] {
  const canvas = new CellCanvas({ columns: shown.cells, rows: size.rows })
  for (const { curve, scale, style } of curves) {
    canvas.lay(drawEnvelope(curve.envelope, scale, { columns: shown.cells, rows: size.rows, joinWithinDots: curve.joinWithinDots }), style)
  }
  const front = curves.at(-1)
  if (front) layLimits(canvas, live.sensors[front.curve.row]?.limits, front.scale)
  if (curves.length > 1) for (const drawn of curves) putLetter(canvas, drawn)
  if (shown.cursorCell !== null) canvas.mark(shown.cursorCell)
  const axis = front?.scale ?? { low: 0, high: 1 }
  const axisStyle: Style = curves.length > 1 && front ? front.style : { colour: 'grey' }
  const constant = curves.length === 1 && front ? constantOf(front.curve.envelope) : undefined
  // What never changes needs one label, at its own row; a scale around it would only name values that never were.
  const cellOf = (line: number): Span =>
    constant === undefined ? axisCell(line, size.rows, axis, axisStyle) : constantCell(line, size.rows, { value: constant, scale: axis })
  return Array.from({ length: size.rows }, (_, line): Row => [cellOf(line), ...canvas.row(line)])
}

/** The letter of a curve at its right end, so that it can be told without colours. */
function putLetter(canvas: CellCanvas, { curve, scale, style, letter }: DrawnCurve): void {
  const { lows, highs } = curve.envelope
  const last = lows.findLastIndex((low) => !Number.isNaN(low))
  if (last < 0) return
  const middle = ((lows[last] ?? 0) + (highs[last] ?? 0)) / 2
  canvas.put(rowOfValue(middle, scale, canvas.rows), Math.min(canvas.columns - 1, (last >> 1) + 1), letter, { ...style, weight: 'bold' })
}
