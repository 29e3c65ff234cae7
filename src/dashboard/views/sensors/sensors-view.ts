import { fitWidth } from '../../../output/display-width.js'
import { terminalSafe } from '../../../output/terminal-safe.js'
import type { SensorKey } from '../../../readings/measurement.js'
import { headcountOf } from '../../live/condition.js'
import type { Picture } from '../../picture.js'
import { countText } from '../../rows/steady-number.js'
import type { Row } from '../../rows/style.js'
import { settleChoice } from '../list-choice.js'
import { FILTER_HINTS } from '../typed-filter.js'
import type { PaneSize, View, ViewContent } from '../view.js'
import { assetRow } from './asset-row.js'
import { COLUMN_HINTS, chooseColumns } from './choose-columns.js'
import { columnList } from './column-list.js'
import { distinctNames } from './distinct-names.js'
import { type FittedColumn, fitColumns, MARKER_WIDTH } from './fit-columns.js'
import { headcountSpans } from './headcount-spans.js'
import { lineKey, sensorLines, type TableLine } from './sensor-lines.js'
import { sensorRow } from './sensor-row.js'
import { FIRST_SENSORS, restoreSensors, type SensorsState } from './sensors-state.js'
import { HEAD_ROWS, TABLE_KEYS, typeFilter } from './table-keys.js'

/** The table of all sensors, flat or under their assets; selecting one here makes the other views follow. */
export const SENSORS: View<SensorsState> = {
  id: 'sensors',
  title: 'sensors',
  about: 'every sensor with its value, flat or by asset',
  keys: TABLE_KEYS,
  first: () => FIRST_SENSORS,
  restore: restoreSensors,
  compose: composeSensors,
  typing(state) {
    if (state.mode === 'table') return undefined
    return (key, at) => (state.mode === 'filter' ? typeFilter(state, key) : chooseColumns(state, key, at))
  },
  typingHints: ({ mode }) => (mode === 'columns' ? COLUMN_HINTS : FILTER_HINTS),
  rowsWanted: (picture, { state }) => HEAD_ROWS + Math.max(3, sensorLines(picture, state).length),
}

function composeSensors(
  picture: Picture,
  { state, size }: { readonly state: SensorsState; readonly size: PaneSize },
): ViewContent<SensorsState> {
  const lines = sensorLines(picture, state)
  const visible = Math.max(1, size.rows - HEAD_ROWS)
  const settled = settle(picture, { lines, state, visible })
  const heading = headingOf(picture, settled, { lines, visible })
  if (settled.state.mode === 'columns') return { ...settled, heading, rows: columnList(picture, settled.state, size) }
  const columns = fitColumns(settled.state.columns, size.columns, picture.live)
  const cursor = settled.state.onAsset === null ? `sensor ${settled.selected}` : `asset ${settled.state.onAsset}`
  const { top } = settled.state
  const shown = lines.slice(top, top + visible)
  const names = namesOf(picture, shown, columns)
  const rows = shown.map((line): Row => {
    const place = lineKey(picture, line) === cursor ? 'here' : 'elsewhere'
    return line.kind === 'asset'
      ? assetRow(picture, line, place)
      : sensorRow(picture, line.row, { columns, cursor: place, name: names.get(line.row) })
  })
  const empty: Row = [{ text: `   ${state.filter === '' ? 'no sensors yet' : 'no sensor fits the filter; Esc clears it'}`, style: GREY }]
  return { ...settled, heading, rows: [namesRow(columns, settled.state), ...(rows.length === 0 ? [empty] : rows)] }
}

/** As they fit their column, by row of the state; those of the lines that are seen only, as a plant may have thousands. */
function namesOf({ live }: Picture, lines: readonly TableLine[], columns: readonly FittedColumn[]): ReadonlyMap<number, string> {
  const width = columns.find(({ column }) => column.id === 'sensor')?.width ?? 0
  const rows = lines.flatMap((line) => (line.kind === 'sensor' ? [line.row] : []))
  const names = distinctNames(
    rows.map((row) => live.names[row] ?? ''),
    width,
  )
  return new Map(rows.map((row, index) => [row, names[index] ?? '']))
}

interface Table {
  readonly lines: readonly TableLine[]
  readonly state: SensorsState
  readonly visible: number
}

interface Settled {
  readonly state: SensorsState
  readonly selected: SensorKey | null
}

/** The cursor is on a line that exists, and that line is visible. */
function settle(picture: Picture, { lines, state, visible }: Table): Settled {
  const { selected } = picture.screen
  const order = lines.map((line) => lineKey(picture, line))
  const wanted = state.onAsset === null ? `sensor ${selected}` : `asset ${state.onAsset}`
  const { cursor, top } = settleChoice({ cursor: wanted, top: state.top }, order, visible)
  const line = lines[order.indexOf(cursor ?? '')]
  const onAsset = line?.kind === 'asset' ? line.asset : null
  const next = top === state.top && onAsset === state.onAsset ? state : { ...state, top, onAsset }
  if (line === undefined) return { state: next, selected: null }
  return { state: next, selected: line.kind === 'asset' ? selected : (picture.live.sensors[line.row]?.key ?? null) }
}

function headingOf(picture: Picture, { state }: Settled, { lines, visible }: Pick<Table, 'lines' | 'visible'>): Row {
  const { live, moment } = picture
  const count = lines.reduce((sum, line) => sum + (line.kind === 'sensor' ? 1 : line.fold === 'folded' ? line.rows.length : 0), 0)
  const shown = count === live.sensors.length ? countText(count) : `${countText(count)} of ${countText(live.sensors.length)}`
  const last = Math.min(lines.length, state.top + visible)
  const cursor = state.mode === 'filter' ? '▏' : ''
  return [
    { text: shown, style: { weight: 'bold' } },
    ...(lines.length > visible ? [{ text: `  ${state.top + 1}–${last}`, style: GREY }] : []),
    ...headcountSpans(headcountOf(live, moment)),
    ...(state.filter === '' && cursor === ''
      ? []
      : [{ text: `  filter "${terminalSafe(state.filter, { maxWidth: 30 })}${cursor}"`, style: { colour: 'cyan' } as const }]),
    ...(state.sort === 'site' ? [] : [{ text: `  by ${state.sort}`, style: { colour: 'cyan' } as const }]),
    ...(state.direction === 'natural' ? [] : [{ text: '  reversed', style: { colour: 'cyan' } as const }]),
  ]
}

function namesRow(columns: readonly FittedColumn[], { sort }: SensorsState): Row {
  const cells: Row = columns.flatMap(({ column: { id, gap, align }, width }, index) => [
    { text: ' '.repeat(index === 0 ? MARKER_WIDTH : gap) },
    { text: fitWidth(id, width, align), style: id === sort ? { weight: 'bold' as const } : GREY },
  ])
  return cells
}

const GREY = { colour: 'grey' } as const
