import { type Condition, conditionOf, type Moment } from '../live/condition.js'
import type { LiveState } from '../live/live-state.js'
import { spokenSensor } from './spoken-sensor.js'

/** What was said of each sensor and line, so that only changes are said. Its size depends on the number of sensors. */
export interface Said {
  readonly sensors: readonly string[]
  readonly lines: readonly string[]
  readonly events: number
}

export const NOTHING_SAID: Said = { sensors: [], lines: [], events: 0 }
/** More at once than this nobody can listen to. */
const MOST_AT_ONCE = 8

/** What has changed since, in sentences: connections, limits and qualities; never a mere value. Pure. */
export function announce(said: Said, live: LiveState, moment: Moment): { readonly said: Said; readonly lines: readonly string[] } {
  const lines: string[] = []
  const states = live.lines.map(({ state }) => state as string)
  live.lines.forEach(({ name, cause }, index) => {
    const state = states[index] ?? ''
    if (said.lines[index] !== state && state !== 'waiting')
      lines.push(`connection ${name}: ${state}${state === 'lost' && cause !== '' ? `, ${cause}` : ''}`)
  })
  const sensors = live.sensors.map((_, row) => stateOf(conditionOf(live, row, moment)))
  const changed = sensors.flatMap((state, row) => (worthSaying(said.sensors[row], state) ? [row] : []))
  for (const row of changed.slice(0, MOST_AT_ONCE)) lines.push(spokenSensor(live, row, moment))
  if (changed.length > MOST_AT_ONCE) lines.push(`and ${changed.length - MOST_AT_ONCE} more sensors changed; press Enter for the overview`)
  const missed = Math.min(live.eventCount - said.events, live.events.length)
  const told = missed <= 0 ? [] : live.events.slice(-missed).filter(({ severity }) => severity !== 'note')
  lines.push(...told.slice(-MOST_AT_ONCE).map(({ severity, text }) => `${severity}: ${text}`))
  return { said: { sensors, lines: states, events: live.eventCount }, lines }
}

/** Good from the start is no news, nor that a sensor has not begun. */
function worthSaying(before: string | undefined, now: string): boolean {
  if (before === now || now === 'waiting') return false
  return !(now === 'good' && (before === undefined || before === 'waiting'))
}

function stateOf({ level, reason, limit }: Condition): string {
  if (level === 'good' && limit === null) return 'good'
  return level === 'waiting' ? 'waiting' : `${level} ${reason} ${limit}`
}
