import { fitWidth } from '../../../output/display-width.js'
import { conditionOf } from '../../live/condition.js'
import type { LimitState } from '../../live/limit-state.js'
import { limitsText } from '../../live/limit-state.js'
import type { Picture } from '../../picture.js'
import { spreadRow } from '../../rows/fit-row.js'
import { saidRows } from '../../rows/said-rows.js'
import type { Row, Style } from '../../rows/style.js'
import { LEVEL_STYLE, qualityText, valueSpans } from '../sensors/cells.js'
import type { View } from '../view.js'
import { type GaugeScale, gaugeCells, gaugeScale } from './gauge-scale.js'
import { FIRST_PINNED, PIN_KEYS, type PinnedSensor, pinnedHeading, pinnedRow, restorePinned } from './pinned-sensor.js'

const VALUE_WIDTH = 12

/** Where a value stands between the ends that somebody stated, and which limits lie there. */
export const GAUGE: View<PinnedSensor> = {
  id: 'gauge',
  title: 'gauge',
  about: 'where a value stands within its range and limits',
  keys: PIN_KEYS,
  first: () => FIRST_PINNED,
  restore: restorePinned,
  compose(picture, { state, size }) {
    const row = pinnedRow(picture, state)
    if (typeof row !== 'number') return { heading: [], rows: [row] }
    return { heading: pinnedHeading(picture, row, state), rows: gaugeRows(picture, row, size.columns) }
  },
  // The same for every sensor, so that walking through them moves no pane.
  rowsWanted: (_, { columns }) => Math.max(3, 1 + withoutScale(columns).length),
}

function gaugeRows(picture: Picture, row: number, columns: number): readonly Row[] {
  const { live, moment } = picture
  const sensor = live.sensors[row]
  const condition = conditionOf(live, row, moment)
  const cell = { picture, row, condition, quality: 'own-column', selection: 'other' } as const
  const head: Row = [
    { text: ' ' },
    ...valueSpans(cell, VALUE_WIDTH),
    { text: ` ${fitWidth(live.units[row] ?? '', 8)}` },
    { text: qualityText(condition), style: LEVEL_STYLE[condition.level] },
    { text: condition.limit === null ? '' : `  beyond ${condition.limit}`, style: ZONE_STYLE[condition.limit ?? 'none'] },
  ]
  const scale = sensor && gaugeScale(sensor)
  if (!scale) return [head, ...withoutScale(columns)]
  const isKnown = condition.level !== 'bad' && condition.level !== 'waiting'
  const value = isKnown ? (live.value[row] ?? Number.NaN) : Number.NaN
  return [head, barRow(value, scale, { columns: columns - 2, limits: sensor.limits }), endsRow(picture, row, scale, columns)]
}

function withoutScale(columns: number): readonly Row[] {
  return saidRows('no range is stated, nor a limit at either end: a gauge without ends would say nothing', columns)
}

function barRow(value: number, scale: GaugeScale, how: Parameters<typeof gaugeCells>[2]): Row {
  const cells = gaugeCells(value, scale, { ...how, columns: Math.max(1, how.columns) })
  return [
    { text: ' ' },
    ...cells.map(({ fill, zone }) => ({ text: fill === 'full' ? '█' : ZONE_SIGN[zone ?? 'none'], style: ZONE_STYLE[zone ?? 'none'] })),
  ]
}

function endsRow({ live }: Picture, row: number, { low, high, from }: GaugeScale, columns: number): Row {
  const end = (value: number): string => String(Number(value.toPrecision(4))).replace('-', '−')
  const grey: Style = { colour: 'grey' }
  const middle = `${from === 'range' ? 'range' : 'ends by its limits'}  ${limitsText(live.sensors[row]?.limits)}`
  return spreadRow(
    [
      { text: ` ${end(low)}  `, style: grey },
      { text: middle, style: grey },
    ],
    [{ text: `${end(high)} `, style: grey }],
    columns,
  )
}

const ZONE_SIGN: Readonly<Record<NonNullable<LimitState> | 'none', string>> = { none: '·', H: '-', L: '-', HH: '=', LL: '=' }
const ZONE_STYLE: Readonly<Record<NonNullable<LimitState> | 'none', Style>> = {
  none: { colour: 'green' },
  H: { colour: 'yellow' },
  L: { colour: 'yellow' },
  HH: { colour: 'red', weight: 'bold' },
  LL: { colour: 'red', weight: 'bold' },
}
