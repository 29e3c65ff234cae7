import { headcountOf, type Moment } from '../live/condition.js'
import type { LiveState } from '../live/live-state.js'
import { countText } from '../rows/steady-number.js'
import { spokenSensor } from './spoken-sensor.js'

const MOST_SENSORS = 20

export const SPOKEN_HELP: readonly string[] = [
  'Enter: an overview. A part of a name and Enter: those sensors with their values. m: a mark in the recording. q: quit. ?: this help.',
  'Changes of connections, limits and qualities are said by themselves.',
]

/** What a typed line asks for; pure. */
export function answerLine(typed: string, live: LiveState, moment: Moment): readonly string[] {
  const wanted = typed.trim().toLowerCase()
  if (wanted === '?') return SPOKEN_HELP
  if (wanted === '') return overview(live, moment)
  const rows = live.sensors.flatMap((_, row) => (live.names[row]?.toLowerCase().includes(wanted) ? [row] : []))
  if (rows.length === 0) return [`no sensor has that in its name; ${live.sensors.length} sensors are known`]
  const more = rows.length > MOST_SENSORS ? [`and ${rows.length - MOST_SENSORS} more; type more of the name`] : []
  return [...rows.slice(0, MOST_SENSORS).map((row) => spokenSensor(live, row, moment)), ...more]
}

function overview(live: LiveState, moment: Moment): readonly string[] {
  const { critical, warning, bad, stale, waiting } = headcountOf(live, moment)
  const counts = [
    [critical, 'beyond a critical limit'],
    [warning, 'beyond a warning limit'],
    [bad, 'without a value'],
    [stale, 'with an old value'],
    [waiting, 'waiting for the first value'],
  ] as const
  const said = counts.flatMap(([count, what]) => (count === 0 ? [] : [`${countText(count)} ${what}`]))
  const lost = live.lines.filter(({ state }) => state === 'lost').length
  return [
    `${countText(live.sensors.length)} sensors${said.length === 0 ? ', all good' : `: ${said.join(', ')}`}.`,
    `${live.lines.length} connections${lost === 0 ? '' : `, ${lost} lost`}; ${countText(live.received)} readings, ${countText(live.gaps)} gaps.`,
  ]
}
