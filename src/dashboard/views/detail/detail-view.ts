import type { Picture } from '../../picture.js'
import type { Row } from '../../rows/style.js'
import { shownTime } from '../charts/chart-time.js'
import { curvePlot } from '../charts/curve-plot.js'
import { selectSensorKeys } from '../charts/select-sensor.js'
import { cursorText, rangeText, sensorCurve } from '../charts/sensor-curve.js'
import { timeAxis } from '../charts/time-axis.js'
import { timeKeys } from '../charts/time-keys.js'
import { plotCells } from '../charts/value-axis.js'
import type { PaneSize, View } from '../view.js'
import type { Fact } from './address-facts.js'
import { DETAIL_PARTS, type DetailState, FIRST_DETAIL, restoreDetail } from './detail-state.js'
import { qualityTimeline } from './quality-timeline.js'
import { sensorFacts } from './sensor-facts.js'
import { valueRows } from './value-rows.js'

/** Curve, axis, quality and the line that says what they show. */
const CHART_ROWS = 9
const LEAST_CURVE_ROWS = 3
const FEWEST_FACTS = 3
const NAME_WIDTH = 12

/** All that is known of the selected sensor. */
export const DETAIL: View<DetailState> = {
  id: 'detail',
  title: 'detail',
  about: 'all that is known of the selected sensor, and its past',
  keys: [
    ...selectSensorKeys<DetailState>(),
    ...timeKeys<DetailState>((state, { picture, size }) => {
      const row = selectedRow(picture)
      return shownTime(picture, row === undefined ? [] : [row], state.time, plotCells(size.columns))
    }),
    {
      press: ['f'],
      shown: 'f',
      does: 'facts and chart, all facts, the chart alone',
      hint: 'facts',
      act(state) {
        const shows = DETAIL_PARTS[(DETAIL_PARTS.indexOf(state.shows) + 1) % DETAIL_PARTS.length] ?? 'both'
        return { state: { ...state, shows } }
      },
    },
  ],
  first: () => FIRST_DETAIL,
  restore: restoreDetail,
  compose(picture, { state, size }) {
    const row = selectedRow(picture)
    const sensor = row === undefined ? undefined : picture.live.sensors[row]
    if (row === undefined || !sensor) return { heading: [], rows: [[{ text: '  no sensor is selected', style: { colour: 'grey' } }]] }
    const value = valueRows(picture, row, size)
    const room = size.rows - value.length
    const hasChart = state.shows !== 'facts' && room - (state.shows === 'chart' ? 0 : FEWEST_FACTS) >= LEAST_CURVE_ROWS + 3
    const forFacts = hasChart ? Math.max(FEWEST_FACTS, room - CHART_ROWS) : room
    const facts = state.shows === 'chart' ? [] : factRows(sensorFacts(picture, row, sensor), forFacts)
    const left = room - facts.length
    const chart = hasChart ? chartRows(picture, row, state, { columns: size.columns, rows: left }) : []
    return { heading: [{ text: picture.live.names[row] ?? '', style: { weight: 'bold' } }], rows: [...value, ...facts, ...chart] }
  },
}

function selectedRow({ live, screen }: Picture): number | undefined {
  return screen.selected === null ? undefined : live.indexOf.get(screen.selected)
}

/** As many facts as fit, and how many more there are. */
function factRows(facts: readonly Fact[], room: number): readonly Row[] {
  const shown = facts.length <= room ? facts : facts.slice(0, room - 1)
  const rows = shown.map(([name, text]): Row => [{ text: ` ${name.padEnd(NAME_WIDTH)} `, style: { colour: 'grey' } }, { text }])
  const hidden = facts.length - shown.length
  return hidden === 0 ? rows : [...rows, [{ text: ` ${hidden} more facts: f`, style: { colour: 'grey' } }]]
}

function chartRows(picture: Picture, row: number, { time }: DetailState, size: PaneSize): readonly Row[] {
  const { live } = picture
  const shown = shownTime(picture, [row], time, plotCells(size.columns))
  const curve = sensorCurve(live, row, shown)
  const cursor = shown.cursorCell
  const says = cursor === null ? `shown ${rangeText(live, curve, null) || 'no value'}` : `cursor ${cursorText(live, curve, shown, cursor)}`
  const drawn = { curve, scale: curve.scale ?? { low: 0, high: 1 }, style: { colour: 'cyan' }, letter: '' } as const
  return [
    [{ text: ` ${says} ${live.units[row] ?? ''}`, style: cursor === null ? { colour: 'grey' } : { weight: 'bold' } }],
    ...curvePlot(live, [drawn], shown, { rows: size.rows - 3 }),
    qualityTimeline(curve.grades, shown, live.sensors[row]?.periodMs ?? 0),
    timeAxis(picture, time, shown),
  ]
}
