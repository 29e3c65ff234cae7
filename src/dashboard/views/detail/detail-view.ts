import { terminalSafe } from '../../../output/terminal-safe.js'
import type { Sensor } from '../../../readings/sensor.js'
import { statisticsOf } from '../../history/statistics.js'
import { assetOf } from '../../live/asset-of.js'
import { conditionOf } from '../../live/condition.js'
import { limitsText } from '../../live/limit-state.js'
import type { Picture } from '../../picture.js'
import { ageText } from '../../rows/duration-text.js'
import { countText, steadyNumber } from '../../rows/steady-number.js'
import type { Row } from '../../rows/style.js'
import { sensorChart } from '../charts/sensor-chart.js'
import { NO_CHOICE, type NoChoice } from '../no-choice.js'
import { LEVEL_STYLE, qualityText, valueSpans } from '../sensors/cells.js'
import type { View } from '../view.js'
import { qualityTimeline } from './quality-timeline.js'

const VALUE_WIDTH = 16
const CHART_FROM_ROWS = 7

/** All that is known of the selected sensor. */
export const DETAIL: View<NoChoice> = {
  id: 'detail',
  title: 'detail',
  about: 'all that is known of the selected sensor',
  keys: [],
  first: () => NO_CHOICE,
  restore: () => NO_CHOICE,
  compose(picture, { size }) {
    const { selected } = picture.screen
    const row = selected === null ? undefined : picture.live.indexOf.get(selected)
    const sensor = row === undefined ? undefined : picture.live.sensors[row]
    if (row === undefined || !sensor) return { heading: [], rows: [[{ text: '  no sensor is selected', style: { colour: 'grey' } }]] }
    const facts = [...valueRows(picture, row), ...factRows(picture, row, sensor), qualityTimeline(picture, row, size.columns)]
    const room = size.rows - facts.length
    const chart = room < CHART_FROM_ROWS ? [] : sensorChart(picture, row, { columns: size.columns, rows: room - 1 }).rows
    return { heading: [{ text: picture.live.names[row] ?? '', style: { weight: 'bold' } }], rows: [...facts, [{ text: '' }], ...chart] }
  },
}

function valueRows(picture: Picture, row: number): readonly Row[] {
  const condition = conditionOf(picture.live, row, picture.moment)
  const cell = { picture, row, condition, quality: 'own-column', selection: 'other' } as const
  const age = condition.level === 'waiting' ? '' : `  ${ageText(condition.ageMs)}`
  return [
    [
      { text: ' ' },
      ...valueSpans(cell, VALUE_WIDTH).map((span) => ({ ...span, style: { ...span.style, weight: 'bold' as const } })),
      { text: ` ${picture.live.units[row] ?? ''}  ` },
      { text: qualityText(condition), style: LEVEL_STYLE[condition.level] },
      { text: condition.limit === null ? '' : `  beyond ${condition.limit}`, style: { colour: 'red', weight: 'bold' } },
      { text: age, style: { colour: 'grey' } },
    ],
  ]
}

function factRows({ live }: Picture, row: number, sensor: Sensor): readonly Row[] {
  const { count, lowest, highest, mean, standardDeviation, bad, uncertain } = statisticsOf(live.statistics, row)
  const history = { magnitude: live.magnitude[row] ?? 0, values: 'fractional' } as const
  const number = (value: number): string => (Number.isNaN(value) ? '·' : steadyNumber(value, history))
  const fact = (name: string, text: string): Row => [{ text: ` ${name.padEnd(12)} `, style: { colour: 'grey' } }, { text }]
  const { range } = sensor
  return [
    fact('readings', `${countText(count)}  bad ${countText(bad)}  uncertain ${countText(uncertain)}`),
    fact('lowest', `${number(lowest)}  mean ${number(mean)}  highest ${number(highest)}  deviation ${number(standardDeviation)}`),
    fact('limits', limitsText(sensor.limits) || 'none stated'),
    fact('range', range ? `${range.low} … ${range.high}` : 'none stated'),
    fact('kind', `${sensor.kind}, every ${sensor.periodMs / 1000} s where it is polled`),
    fact('asset', terminalSafe(assetOf(sensor) ?? 'none', { maxWidth: 80 })),
    fact('address', terminalSafe(sensor.address, { maxWidth: 200 })),
    ...(sensor.description === undefined ? [] : [fact('description', terminalSafe(sensor.description, { maxWidth: 200 }))]),
  ]
}
