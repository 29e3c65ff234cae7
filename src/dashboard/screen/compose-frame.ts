import type { SensorKey } from '../../readings/measurement.js'
import { type Layout, layoutFor, SMALLEST } from '../panes/place-panes.js'
import type { Picture } from '../picture.js'
import { fitBlock } from '../rows/fit-row.js'
import type { Row } from '../rows/style.js'
import { chartView } from '../views/charts/sensor-chart.js'
import { eventsView } from '../views/events/events-view.js'
import { tableView } from '../views/sensors/sensors-view.js'
import { tableOrder } from '../views/sensors/table-order.js'
import { settleView, type ViewState } from './dashboard-state.js'
import { headerView } from './header.js'
import { helpView } from './help.js'
import { keyLineView } from './key-line.js'

export interface Frame {
  /** Exactly as many as the screen has rows, each exactly as wide. */
  readonly rows: readonly Row[]
  /** The choices as they came to fit what there is. */
  readonly view: ViewState
  /** Keys in the order of the table, for the next key press. */
  readonly order: readonly SensorKey[]
  readonly visibleRows: number
}

interface Size {
  readonly columns: number
  readonly rows: number
}

/** One picture on one screen size: the whole dashboard as a pure function. */
export function composeFrame(picture: Picture, size: Size): Frame {
  const order = tableOrder(picture.live, picture.view, picture.moment)
  const layout = layoutFor(size, order.length)
  const keys = order.map((row) => picture.live.sensors[row]?.key ?? '')
  const view = settleView(picture.view, { order: keys, visibleRows: Math.max(1, layout.sensors) })
  const settled: Picture = { ...picture, view }
  const rows = layout.kind === 'too-small' ? tooSmall(size) : fullFrame(settled, layout, order)
  return { rows: fitBlock(rows, size), view, order: keys, visibleRows: Math.max(1, layout.sensors) }
}

function fullFrame(picture: Picture, layout: Layout, order: readonly number[]): readonly Row[] {
  const { columns, rows } = layout
  const header = headerView(picture, columns, layout.header)
  const keyLine = keyLineView(picture, columns)
  if (picture.view.mode === 'help') return [...header, ...helpView({ columns, rows: rows - layout.header - 1 }), keyLine]
  return [...header, ...tableView(picture, layout, order), ...lowerBand(picture, layout), keyLine]
}

function lowerBand(picture: Picture, layout: Layout): readonly Row[] {
  const { selected } = picture.view
  const row = selected === null ? undefined : picture.live.indexOf.get(selected)
  const chart = layout.chart === 0 ? [] : chartView(picture, row, { columns: layout.chartColumns, rows: layout.chart })
  if (layout.band === 'stacked') {
    return [...chart, ...(layout.events === 0 ? [] : eventsView(picture, { columns: layout.columns, rows: layout.events }))]
  }
  const events = layout.events === 0 ? [] : eventsView(picture, { columns: layout.columns - layout.chartColumns - 1, rows: layout.events })
  return chart.map((left, index) => [...left, { text: ' ' }, ...(events[index] ?? [])])
}

function tooSmall({ columns, rows }: Size): readonly Row[] {
  const text = [`too small: ${columns}×${rows}`, `needs ${SMALLEST.columns}×${SMALLEST.rows}`, 'q quits']
  return text.map((line) => [{ text: line }])
}
