import { fitWidth } from '../../../output/display-width.js'
import type { Scale } from '../../../output/envelope-chart.js'
import type { Span, Style } from '../../rows/style.js'

/** Labels and a line. */
export const AXIS_COLUMNS = 10

/** From how many rows on a chart has a label in the middle, and at its quarters too. */
const ROWS_FOR_MIDDLE = 7
const ROWS_FOR_QUARTERS = 13

/** The axis in one row of a chart: the value there at top and bottom, and between them where there is room. */
export function axisCell(line: number, rows: number, scale: Scale, style: Style = { colour: 'grey' }): Span {
  const isLabelled = labelledLines(rows).includes(line)
  const share = rows === 1 ? 1 : 1 - line / (rows - 1)
  const label = isLabelled ? axisNumber(scale.low + (scale.high - scale.low) * share, scale) : ''
  return { text: `${fitWidth(label, AXIS_COLUMNS - 2, 'right')} ${isLabelled ? '┤' : '│'}`, style }
}

function labelledLines(rows: number): readonly number[] {
  const parts = rows >= ROWS_FOR_QUARTERS ? 4 : rows >= ROWS_FOR_MIDDLE ? 2 : 1
  return Array.from({ length: parts + 1 }, (_, i) => Math.round((i * (rows - 1)) / parts))
}

/** A value with as many decimals as the scale needs. */
export function axisNumber(value: number, scale: Scale): string {
  const step = (scale.high - scale.low) / 4
  const largest = Math.max(Math.abs(scale.low), Math.abs(scale.high))
  if (largest >= 1e7 || largest < 1e-5) return value === 0 ? '0' : value.toExponential(1).replaceAll('-', '−')
  const decimals = Math.max(0, Math.min(8, 1 - Math.floor(Math.log10(step))))
  return value
    .toFixed(decimals)
    .replace(/(\.\d*?)0+$/, '$1')
    .replace(/\.$/, '')
    .replace(/^-(?=0$)/, '')
    .replace(/^-/, '−')
}

/** Cells of the curve in a pane so wide. */
export function plotCells(columns: number): number {
  return Math.max(4, columns - AXIS_COLUMNS)
}
