import type { Picture } from '../../picture.js'
import type { Row } from '../../rows/style.js'
import type { PaneSize, View, ViewContent } from '../view.js'
import { blockPlot } from './block-plot.js'
import { type ShownTime, shownTime } from './chart-time.js'
import { CHARTS_KEYS, NOTHING_CHOSEN } from './charts-keys.js'
import { blockRow, type ChartsState, chartedRows, FIRST_CHARTS, restoreCharts } from './charts-state.js'
import { legendRow } from './curve-legend.js'
import { curvePlot, type DrawnCurve } from './curve-plot.js'
import { drawnCurves, settledAxes } from './drawn-curves.js'
import { cursorText, rangeText } from './sensor-curve.js'
import { timeAxis } from './time-axis.js'
import { plotCells } from './value-axis.js'

/** The past of the selected sensor and of those that are kept, or a last block of samples. */
export const CHARTS: View<ChartsState> = {
  id: 'charts',
  title: 'charts',
  about: 'the past of one sensor or several, drawn',
  keys: CHARTS_KEYS,
  first: () => FIRST_CHARTS,
  restore: restoreCharts,
  compose(picture, { state, size }) {
    const rows = chartedRows(picture, state)
    if (rows.length === 0) return { heading: [], rows: [said(NOTHING_CHOSEN)] }
    const block = blockRow(picture, state)
    if (block !== undefined) {
      const plot = blockPlot(picture, block, size)
      return { heading: headingOf(picture, block, plot.about), rows: plot.rows }
    }
    return pastOf(picture, rows, state, size)
  },
}

function pastOf(picture: Picture, rows: readonly number[], state: ChartsState, size: PaneSize): ViewContent<ChartsState> {
  const shown = shownTime(picture, rows, state.time, plotCells(size.columns))
  const axes = settledAxes(picture, rows, state.axes)
  const curves = drawnCurves(picture, rows, shown, axes)
  const [first] = curves
  if (curves.length === 1 && first) return alone(picture, first, state, { shown, size })
  const heading: Row = [{ text: `${curves.length} sensors` }, { text: `  ${AXES_TEXT[axes]}`, style: GREY }]
  const drawn = axes === 'strips' ? strips(picture, curves, shown, size) : together(picture, curves, { shown, size, axes })
  return { heading, rows: [...drawn, timeAxis(picture, state.time, shown)] }
}

const AXES_TEXT = { shared: 'one axis', own: 'an axis each', strips: 'a strip each' } as const

function alone(
  picture: Picture,
  drawn: DrawnCurve,
  state: ChartsState,
  { shown, size }: { readonly shown: ShownTime; readonly size: PaneSize },
): ViewContent<ChartsState> {
  const { curve } = drawn
  const { cursorCell } = shown
  const about = cursorCell === null ? rangeText(picture.live, curve, null) : `cursor ${cursorText(picture.live, curve, shown, cursorCell)}`
  const heading = headingOf(picture, curve.row, about)
  if (!curve.scale && state.time.untilMs === null && cursorCell === null) {
    return { heading, rows: [[{ text: '' }], said('no values to draw yet')] }
  }
  const plot = curvePlot(picture.live, [drawn], shown, { rows: Math.max(1, size.rows - 1) })
  return { heading, rows: [...plot, timeAxis(picture, state.time, shown)] }
}

/** All on one canvas, that of the selected sensor in front. */
function together(
  picture: Picture,
  curves: readonly DrawnCurve[],
  { shown, size, axes }: { readonly shown: ShownTime; readonly size: PaneSize; readonly axes: 'shared' | 'own' },
): readonly Row[] {
  const legend = curves.map((drawn) => legendRow(picture, drawn, { shown, columns: size.columns, axes }))
  const kept = legend.length <= size.rows / 2 ? legend : []
  const isSelected = ({ curve }: DrawnCurve): boolean => picture.live.sensors[curve.row]?.key === picture.screen.selected
  const front = curves.toSorted((a, b) => Number(isSelected(a)) - Number(isSelected(b)))
  return [...kept, ...curvePlot(picture.live, front, shown, { rows: Math.max(1, size.rows - 1 - kept.length) })]
}

/** One above the other, as many as have room; each with its own scale. */
function strips(picture: Picture, curves: readonly DrawnCurve[], shown: ShownTime, size: PaneSize): readonly Row[] {
  const room = size.rows - 1
  const visible = curves.slice(0, Math.max(1, Math.floor(room / 3)))
  return visible.flatMap((drawn, index) => {
    const rows = Math.floor((room * (index + 1)) / visible.length) - Math.floor((room * index) / visible.length)
    const legend = legendRow(picture, drawn, { shown, columns: size.columns, axes: 'strips' })
    return [legend, ...curvePlot(picture.live, [drawn], shown, { rows: Math.max(1, rows - 1) })]
  })
}

function headingOf({ live }: Picture, row: number, about: string): Row {
  const unit = live.units[row] ?? ''
  return [
    { text: live.names[row] ?? '', style: { weight: 'bold' } },
    { text: unit === '' ? '' : ` ${unit}` },
    { text: `  ${about}`, style: GREY },
  ]
}

function said(text: string): Row {
  return [{ text: `  ${text}`, style: GREY }]
}

const GREY = { colour: 'grey' } as const
