import type { CheckResults } from '../../commissioning/check.js'
import type { SensorFacts } from '../../commissioning/judge-sensor.js'
import { judgeSensor } from '../../commissioning/judge-sensor.js'
import { EMPTY_SHEET, type SensorSheet, type Sheets } from '../../commissioning/sheet.js'
import { statisticsOf } from '../history/statistics.js'
import { conditionOf, type Moment } from '../live/condition.js'
import type { LiveState } from '../live/live-state.js'

/** What the dashboard knows of a sensor for its checks; undefined for a row that there is not. */
export function sensorFacts(live: LiveState, row: number, moment: Moment): SensorFacts | undefined {
  const sensor = live.sensors[row]
  if (!sensor) return undefined
  const { level, reason, limit } = conditionOf(live, row, moment)
  const { count, bad, lowest, highest } = statisticsOf(live.statistics, row)
  const isSeen = live.seen[row] === 1
  return {
    sensor,
    asset: live.assets.find(({ key }) => key === sensor.asset),
    level,
    reason,
    limit,
    readings: { count, bad, lowest, highest },
    delayMs: isSeen ? ((live.receivedAt[row] ?? 0) - (live.measuredAt[row] ?? 0)) / 1000 : Number.NaN,
  }
}

/** The checks of a sensor now, and what is written down about it. */
export function judgedSensor(
  { live, moment }: { readonly live: LiveState; readonly moment: Moment },
  row: number,
  sheets: Sheets,
): { readonly results: CheckResults; readonly sheet: SensorSheet } | undefined {
  const facts = sensorFacts(live, row, moment)
  if (!facts) return undefined
  const sheet = sheets.get(facts.sensor.key) ?? EMPTY_SHEET
  return { results: judgeSensor(facts, sheet), sheet }
}
