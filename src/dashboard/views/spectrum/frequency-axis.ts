import { displayWidth, fitWidth } from '../../../output/display-width.js'
import { fitRow } from '../../rows/fit-row.js'
import type { Row, Span } from '../../rows/style.js'
import { AXIS_COLUMNS } from '../charts/value-axis.js'
import { hzText, type MachineLine } from './machine-lines.js'
import type { SpectrumState } from './spectrum-state.js'

/** Frequencies as they lie on the cells of a pane. */
export interface FrequencyAxis {
  readonly fromHz: number
  readonly toHz: number
  readonly cells: number
  /** Null where there is no cursor or it lies outside. */
  readonly cursorCell: number | null
}

const NARROWEST_HZ = 1e-3

export function frequencyAxis(state: Pick<SpectrumState, 'range' | 'cursorHz'>, highestHz: number, cells: number): FrequencyAxis {
  const fromHz = Math.min(state.range?.fromHz ?? 0, highestHz * 0.99)
  const toHz = Math.max(fromHz + NARROWEST_HZ, Math.min(state.range?.toHz ?? highestHz, highestHz))
  const cell = state.cursorHz === null ? null : cellOf(state.cursorHz, { fromHz, toHz, cells })
  return { fromHz, toHz, cells, cursorCell: cell === null || cell < 0 || cell >= cells ? null : cell }
}

export function cellOf(hz: number, { fromHz, toHz, cells }: Pick<FrequencyAxis, 'fromHz' | 'toHz' | 'cells'>): number {
  return Math.floor(((hz - fromHz) / (toHz - fromHz)) * cells)
}

/** Both ends, and between them what stands under the cursor, else the middle. */
export function frequencyRow({ fromHz, toHz, cells }: FrequencyAxis, cursorSays: string): Row {
  const [start, middle, end] = [fromHz, (fromHz + toHz) / 2, toHz].map(hzText) as [string, string, string]
  const between =
    cursorSays === '' ? middle : fitWidth(cursorSays, Math.min(displayWidth(cursorSays), cells - start.length - end.length - 4))
  const before = Math.max(1, Math.floor(cells / 2 - displayWidth(between) / 2) - start.length)
  const after = Math.max(1, cells - start.length - before - displayWidth(between) - end.length)
  return fitRow(
    [
      { text: `${' '.repeat(AXIS_COLUMNS)}${start}${' '.repeat(before)}`, style: GREY },
      { text: between, style: cursorSays === '' ? GREY : { weight: 'bold' } },
      { text: `${' '.repeat(after)}${end}`, style: GREY },
    ],
    AXIS_COLUMNS + cells,
  )
}

const GREY = { colour: 'grey' } as const

/** Names of lines over their places; see `tellableLines`. */
export function namesRow(lines: readonly MachineLine[], axis: FrequencyAxis): Row {
  const spans: Span[] = [{ text: ' '.repeat(AXIS_COLUMNS) }]
  let used = 0
  for (const { name, hz, style } of lines) {
    const cell = cellOf(hz, axis)
    spans.push({ text: ' '.repeat(Math.max(0, cell - used)) }, { text: name, style })
    used = Math.max(used, cell) + displayWidth(name)
  }
  return fitRow(spans, AXIS_COLUMNS + axis.cells)
}

/**
 * Lines that there is room to name, from the left: those that lie in what is shown and further from their neighbour than its name is wide. What a
 * bearing shows goes before orders of the shaft, first harmonics before later ones; the others come with zooming in.
 */
export function tellableLines(lines: readonly MachineLine[], axis: FrequencyAxis): readonly MachineLine[] {
  const inside = lines.filter(({ hz }) => hz >= axis.fromHz && hz < axis.toHz)
  const kept: MachineLine[] = []
  for (const line of inside.toSorted((a, b) => rank(a) - rank(b))) if (kept.every((other) => areApart(line, other, axis))) kept.push(line)
  return kept.sort((a, b) => a.hz - b.hz)
}

function rank({ name, of }: MachineLine): number {
  return (/ \d×$/.test(name) ? 10 : 0) + (of === 'bearing' || name === '1×' ? 0 : 5)
}

function areApart(a: MachineLine, b: MachineLine, axis: FrequencyAxis): boolean {
  const [left, right] = a.hz < b.hz ? [a, b] : [b, a]
  return cellOf(right.hz, axis) > cellOf(left.hz, axis) + displayWidth(left.name)
}
