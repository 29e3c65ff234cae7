import { conditionOf, headcountOf } from '../../live/condition.js'
import type { Picture } from '../../picture.js'
import { elapsedText } from '../../rows/duration-text.js'
import { countText } from '../../rows/steady-number.js'
import type { Row, Style } from '../../rows/style.js'
import { NO_CHOICE, type NoChoice } from '../no-choice.js'
import { severityOf } from '../sensors/cells.js'
import type { View } from '../view.js'
import { sensorsByAsset } from './health-view.js'

/** The plant in a few sentences that need no explanation. */
export const SUMMARY: View<NoChoice> = {
  id: 'summary',
  title: 'summary',
  about: 'the plant in a few numbers, from assets to alarms',
  keys: [],
  first: () => NO_CHOICE,
  restore: () => NO_CHOICE,
  compose: (picture) => ({
    heading: [{ text: `since ${elapsedText(picture.elapsedMs)}`, style: { colour: 'grey' } }],
    rows: summaryRows(picture),
  }),
  rowsWanted: () => 6,
}

/** From here on a sensor is no longer fine: a doubt, a limit, no value. */
const TROUBLE = 2

function summaryRows(picture: Picture): readonly Row[] {
  const { live, moment } = picture
  const assets = [...sensorsByAsset(picture).values()]
  const isFine = (row: number): boolean => severityOf(conditionOf(live, row, moment)) < TROUBLE
  const fine = assets.filter((rows) => rows.every(isFine)).length
  const heads = headcountOf(live, moment)
  const answering = live.sensors.length - heads.bad - heads.stale - heads.waiting
  const open = live.events.filter(({ severity, number }) => severity !== 'note' && !live.attention.acknowledged.has(number)).length
  return [
    fact(`${fine} of ${assets.length}`, 'assets without any trouble', fine === assets.length ? GOOD : WARNING),
    fact(
      `${countText(answering)} of ${countText(live.sensors.length)}`,
      'sensors give a value now',
      answering === live.sensors.length ? GOOD : WARNING,
    ),
    fact(String(heads.critical), 'beyond a critical limit', heads.critical === 0 ? GOOD : CRITICAL),
    fact(String(heads.warning), 'beyond a warning limit', heads.warning === 0 ? GOOD : WARNING),
    fact(goodShare(picture), 'of all readings since the start had a value', {}),
    fact(String(open), 'warnings not acknowledged, of the last 200 events', open === 0 ? GOOD : WARNING),
  ]
}

function goodShare({ live }: Picture): string {
  let [valued, all] = [0, 0]
  for (const row of live.sensors.keys()) {
    valued += live.statistics.count[row] ?? 0
    all += (live.statistics.count[row] ?? 0) + (live.statistics.bad[row] ?? 0)
  }
  // Rounded down: 99.99 % must not read as all.
  return all === 0 ? '·' : `${(Math.floor((1000 * valued) / all) / 10).toFixed(1)} %`
}

function fact(number: string, about: string, style: Style): Row {
  return [{ text: `${number.padStart(12)}  `, style: { ...style, weight: 'bold' } }, { text: about }]
}

const GOOD: Style = { colour: 'green' }
const WARNING: Style = { colour: 'yellow' }
const CRITICAL: Style = { colour: 'red' }
