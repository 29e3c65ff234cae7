import { fitWidth } from '../../../output/display-width.js'
import type { Scale } from '../../../output/envelope-chart.js'
import { fitNumber } from '../../rows/fit-number.js'
import type { Span, Style } from '../../rows/style.js'

/** Labels and a line. */
export const AXIS_COLUMNS = 10
const LABEL_COLUMNS = AXIS_COLUMNS - 2

/** From how many rows on a chart has a label in the middle, and at its quarters too. */
const ROWS_FOR_MIDDLE = 7
const ROWS_FOR_QUARTERS = 13

/** The axis in one row of a chart: the value there at top and bottom, and between them where there is room. */
export function axisCell(line: number, rows: number, scale: Scale, style: Style = { colour: 'grey' }): Span {
  const lines = labelledLines(rows)
  const isLabelled = lines.includes(line)
  const label = isLabelled ? sameDecimals(lines.map((at) => axisNumber(valueAt(at, rows, scale), scale)))[lines.indexOf(line)] : ''
  return {
    text: `${fitWidth(fitNumber(label ?? '', valueAt(line, rows, scale), LABEL_COLUMNS), LABEL_COLUMNS, 'right')} ${isLabelled ? '┤' : '│'}`,
    style,
  }
}

/** The axis of a curve that never changes: its value at the row where it is drawn. */
export function constantCell(line: number, rows: number, { value, scale }: { readonly value: number; readonly scale: Scale }): Span {
  const share = (value - scale.low) / (scale.high - scale.low)
  const isHere = line === rows - 1 - Math.floor(Math.round(share * (rows * DOTS_A_ROW - 1)) / DOTS_A_ROW)
  // Histories keep single precision: some seven digits.
  const label = isHere ? String(Number(value.toPrecision(6))).replace(/^-/, '−') : ''
  return {
    text: `${fitWidth(fitNumber(label, value, LABEL_COLUMNS), LABEL_COLUMNS, 'right')} ${isHere ? '┤' : '│'}`,
    style: { colour: 'grey' },
  }
}

const DOTS_A_ROW = 4

function valueAt(line: number, rows: number, { low, high }: Scale): number {
  return low + (high - low) * (rows === 1 ? 1 : 1 - line / (rows - 1))
}

/** Labels of one axis with the decimals of the one that needs most; those with an exponent stay. */
function sameDecimals(labels: readonly string[]): readonly string[] {
  if (labels.some((label) => label.includes('e'))) return labels
  const decimalsOf = (label: string): number => label.split('.')[1]?.length ?? 0
  const most = Math.max(...labels.map(decimalsOf))
  return labels.map((label) => (most === 0 ? label : `${label}${label.includes('.') ? '' : '.'}${'0'.repeat(most - decimalsOf(label))}`))
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
