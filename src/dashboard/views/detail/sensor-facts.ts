import { terminalSafe } from '../../../output/terminal-safe.js'
import type { Sensor } from '../../../readings/sensor.js'
import { statisticsOf } from '../../history/statistics.js'
import { assetOf } from '../../live/asset-of.js'
import { limitsText, steadyingText } from '../../live/limit-state.js'
import { lineLooks } from '../../live/line-looks.js'
import type { Picture } from '../../picture.js'
import { clockText } from '../../rows/clock-text.js'
import { countText, steadyNumber } from '../../rows/steady-number.js'
import { addressFacts, type Fact } from './address-facts.js'

/** What is known of a sensor, in the order in which it matters where there is no room for all. */
export function sensorFacts(picture: Picture, row: number, sensor: Sensor): readonly Fact[] {
  const { live } = picture
  const { count, lowest, highest, mean, standardDeviation, bad, uncertain } = statisticsOf(live.statistics, row)
  const number = (value: number): string =>
    Number.isNaN(value) ? '·' : steadyNumber(value, { magnitude: live.magnitude[row] ?? 0, values: 'fractional' })
  const { range } = sensor
  const description = terminalSafe(sensor.description ?? '', { maxWidth: 200 })
  const asset = assetOf(sensor)
  const raw = picture.raw?.(sensor.key) ?? null
  // Of a switch a mean says nothing.
  const isState = sensor.unit === null && live.fractional[row] !== 1 && lowest >= 0 && highest <= 1
  return [
    isState
      ? ['seen', lowest === highest ? `${lowest} only` : '0 and 1']
      : ['lowest', `${number(lowest)}  mean ${number(mean)}  highest ${number(highest)}  deviation ${number(standardDeviation)}`],
    ['readings', `${countText(count)}  bad ${countText(bad)}  uncertain ${countText(uncertain)}`],
    ['limits', [limitsText(sensor.limits) || 'none stated', steadyingText(sensor.limits)].filter((text) => text !== '').join(', ')],
    ...addressFacts(sensor.address),
    ...(raw === null ? [] : ([['raw', terminalSafe(raw, { maxWidth: 200 })]] as const)),
    ['times', timesText(picture, row)],
    ['connection', connectionText(picture, row)],
    ['range', range ? `${range.low} … ${range.high}` : 'none stated'],
    ['kind', `${sensor.kind}, every ${sensor.periodMs / 1000} s where it is polled`],
    ['asset', asset === undefined ? 'none' : terminalSafe(asset, { maxWidth: 80 })],
    ...(description === '' ? [] : ([['description', description]] as const)),
    ...(raw === null ? ([['raw', 'not known: this driver hands over values, not what they came in']] as const) : []),
  ]
}

/** When it was measured and when it came, by two clocks where the device has its own. */
function timesText({ live, utcOffsetMinutes }: Picture, row: number): string {
  if (live.seen[row] !== 1 || !live.receivedAt[row]) return 'nothing came yet'
  const [measuredAt, receivedAt] = [live.measuredAt[row] ?? 0, live.receivedAt[row] ?? 0]
  const delayMs = (receivedAt - measuredAt) / 1000
  const delay = delayMs === 0 ? 'stamped on receipt' : `${Number(delayMs.toPrecision(3))} ms after it`.replace('-', '−')
  return `measured ${clockText(measuredAt, utcOffsetMinutes)}, received ${clockText(receivedAt, utcOffsetMinutes)}, ${delay}`
}

function connectionText({ live }: Picture, row: number): string {
  const line = live.lines[live.lineOf[row] ?? -1]
  if (!line) return 'none'
  const cause = line.cause === '' ? '' : `: ${terminalSafe(line.cause, { maxWidth: 100 })}`
  return `${lineLooks(line).word}${cause}, lost ${countText(line.losses)} times, ${countText(line.sensors)} sensors on ${terminalSafe(line.name, { maxWidth: 80 })}`
}
