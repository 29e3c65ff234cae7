import type { LimitAlarm } from '../../live/alarms.js'
import { isCritical } from '../../live/alarms.js'
import { shelvedAt } from '../../live/attention.js'
import type { KeptEvent } from '../../live/live-state.js'
import type { Picture } from '../../picture.js'

/** A row of the list: an alarm as it stands, or something that happened. */
export type EventLine =
  | { readonly kind: 'alarm'; readonly id: string; readonly alarm: LimitAlarm; readonly standing: Standing }
  | { readonly kind: 'event'; readonly id: string; readonly event: KeptEvent }

/** The state of an alarm as people are shown it; shelving lies over the others. */
export type Standing = LimitAlarm['state'] | 'shelved'

export type Shows = 'all' | 'alarms' | 'events'

/** What most needs somebody comes first. */
const ORDER: readonly Standing[] = ['unacknowledged', 'returned', 'acknowledged', 'shelved']
const ALARMS_LISTED = 500

export function standingOf(alarm: LimitAlarm, { live, moment }: Pick<Picture, 'live' | 'moment'>): Standing {
  const key = `alert ${live.sensors[alarm.row]?.key ?? ''}`
  return shelvedAt(live.attention, key, moment.now) ? 'shelved' : alarm.state
}

/** Alarms by state, critical before the others, the newest first; below them the events, the newest first. */
export function eventLines(picture: Picture, shows: Shows): readonly EventLine[] {
  const { live } = picture
  return [...(shows === 'events' ? [] : alarmLines(picture)), ...(shows === 'alarms' ? [] : live.events.toReversed().map(eventLine))]
}

function alarmLines(picture: Picture): readonly EventLine[] {
  const buckets = ORDER.map((): LimitAlarm[] => [])
  for (const alarm of picture.live.alarms.values()) buckets[ORDER.indexOf(standingOf(alarm, picture))]?.push(alarm)
  const lines: EventLine[] = []
  for (const [index, bucket] of buckets.entries()) {
    const room = ALARMS_LISTED - lines.length
    if (room <= 0) break
    const ordered = bucket.toSorted((a, b) => Number(isCritical(b)) - Number(isCritical(a)) || b.since - a.since).slice(0, room)
    const standing = ORDER[index] ?? 'unacknowledged'
    lines.push(...ordered.map((alarm): EventLine => ({ kind: 'alarm', id: `alarm ${alarm.row}`, alarm, standing })))
  }
  return lines
}

function eventLine(event: KeptEvent): EventLine {
  return { kind: 'event', id: `event ${event.number}`, event }
}
