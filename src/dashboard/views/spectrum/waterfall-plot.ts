import { fitWidth } from '../../../output/display-width.js'
import type { Row, Style } from '../../rows/style.js'
import type { WaterfallRow } from '../../spectra/spectrum-answer.js'
import { CellCanvas } from '../charts/cell-canvas.js'
import { AXIS_COLUMNS } from '../charts/value-axis.js'
import { cellOf, type FrequencyAxis } from './frequency-axis.js'
import type { MachineLine } from './machine-lines.js'

/** From the strongest: a sign for each step of ten decibels, told apart without colours too. */
const STEPS: readonly { readonly sign: string; readonly style: Style }[] = [
  { sign: '█', style: { colour: 'red' } },
  { sign: '▓', style: { colour: 'yellow' } },
  { sign: '▒', style: { colour: 'green' } },
  { sign: '░', style: { colour: 'cyan' } },
  { sign: '·', style: { colour: 'blue' } },
]
const STEP_DB = 10
const LABEL_EVERY = 5

/** What the signs of a waterfall mean. */
export const WATERFALL_KEY = STEPS.map(
  ({ sign }, step) => `${sign} ${step === 0 ? '>' : '−'}${step === 0 ? ' −10' : `${(step + 1) * STEP_DB}`}`,
).join('  ')

/** Spectra under each other, the newest on top: how strong each frequency was, in steps of 10 dB below the strongest of all. */
export function waterfallPlot(
  kept: readonly WaterfallRow[],
  axis: FrequencyAxis,
  how: { readonly rows: number; readonly lines: readonly MachineLine[] },
): readonly Row[] {
  const canvas = new CellCanvas({ columns: axis.cells, rows: how.rows })
  const shown = kept.slice(-how.rows).reverse()
  const levels = shown.map((row) => strongestByCell(row, axis))
  const loudest = Math.max(...kept.map((row) => row.values.reduce((most, value, k) => (k > 0 && value > most ? value : most), 0)))
  // In steps, so that a little more or less does not change every sign of the picture.
  const topDb = Math.ceil((20 * Math.log10(loudest)) / STEP_DB) * STEP_DB
  levels.forEach((cells, row) => {
    cells.forEach((value, column) => {
      const step = STEPS[Math.max(0, Math.floor((topDb - 20 * Math.log10(value)) / STEP_DB))]
      if (step) canvas.put(row, column, step.sign, step.style)
    })
  })
  for (const { hz, style } of how.lines) canvas.putBehind(shown.length, cellOf(hz, axis), '┊', style)
  if (axis.cursorCell !== null) canvas.mark(axis.cursorCell)
  return Array.from({ length: how.rows }, (_, line): Row => {
    const label = line % LABEL_EVERY === 0 ? ageLabel(shown[0], shown[line]) : ''
    return [{ text: `${fitWidth(label, AXIS_COLUMNS - 2, 'right')} │`, style: { colour: 'grey' } }, ...canvas.row(line)]
  })
}

function ageLabel(newest: WaterfallRow | undefined, row: WaterfallRow | undefined): string {
  if (!newest || !row) return ''
  return row === newest ? 'newest' : `−${Math.max(0, Math.round((newest.at - row.at) / 1e6))} s`
}

function strongestByCell({ stepHz, values }: WaterfallRow, axis: FrequencyAxis): Float64Array {
  const cells = new Float64Array(axis.cells)
  const width = (axis.toHz - axis.fromHz) / axis.cells
  for (let cell = 0; cell < axis.cells; cell++) {
    // At least the line that is nearest: where cells are narrower than lines, several show the same one.
    const first = Math.max(1, Math.round((axis.fromHz + cell * width) / stepHz))
    const last = Math.max(first, Math.ceil((axis.fromHz + (cell + 1) * width) / stepHz) - 1)
    for (let k = first; k <= Math.min(last, values.length - 1); k++) cells[cell] = Math.max(cells[cell] ?? 0, values[k] ?? 0)
  }
  return cells
}
