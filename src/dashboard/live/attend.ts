import type { Happening } from '../../readings/measurement.js'
import { type EpochMicros, formatMicros } from '../../readings/time.js'
import { alarmText } from './alarms.js'
import { acknowledge, alarmOf, crossedText, type ShelvedAlarm, shelve, unshelve } from './attention.js'
import type { LiveState } from './live-state.js'

/** Who did something about an alarm, and when. */
export interface Attendance {
  readonly at: EpochMicros
  /** Empty where nobody knows. */
  readonly who: string
}

/** Somebody has seen an event. @returns what is to be kept of that; null where there was nothing to see. */
export function attendEvent({ attention, events }: LiveState, number: number, { at, who }: Attendance): Happening | null {
  const event = events.find((kept) => kept.number === number)
  if (!event || attention.acknowledged.has(number)) return null
  acknowledge(attention, number, at)
  return note(at, `acknowledged${by(who)}: ${event.text}`, event.sensors)
}

/** Somebody has seen that a value is beyond its limit; one that has returned meanwhile is normal again. Its events are seen with it. */
export function attendAlarm(live: LiveState, row: number, { at, who }: Attendance): Happening | null {
  const alarm = live.alarms.get(row)
  const sensor = live.sensors[row]
  if (!alarm || !sensor || alarm.state === 'acknowledged') return null
  for (const { number, event, sensors } of live.events)
    if (event === 'alert' && sensors[0] === sensor.key) acknowledge(live.attention, number, at)
  if (alarm.state === 'returned') live.alarms.delete(row)
  else Object.assign(alarm, { state: 'acknowledged', since: at })
  const raised = `${alarmText(alarm, alarm.raisedValue, sensor.unit)} since ${formatMicros(alarm.raisedAt)}`
  return note(at, `acknowledged${by(who)}: ${raised}`, [sensor.key])
}

/** Somebody puts an alarm aside until a moment, and says why. */
export function shelveAlarm(
  { attention }: LiveState,
  alarm: Shelvable,
  { until, reason }: Pick<ShelvedAlarm, 'until' | 'reason'>,
  { at, who }: Attendance,
): Happening {
  shelve(attention, alarm.key, { at, until, reason })
  return note(at, `shelved${by(who)} until ${formatMicros(until)}: ${reason}`, alarm.sensors)
}

export function unshelveAlarm({ attention }: LiveState, alarm: Shelvable, { at, who }: Attendance): Happening | null {
  const shelved = attention.shelved.get(alarm.key)
  if (!shelved) return null
  unshelve(attention, alarm.key)
  return note(at, `taken off the shelf${by(who)}${crossings(shelved)}`, alarm.sensors)
}

/** What an alarm is shelved by, and whom it concerns. */
export interface Shelvable {
  /** `alarmOf` of its events. */
  readonly key: string
  readonly sensors: readonly string[]
}

export function shelvableOf(event: Pick<Happening, 'event' | 'sensors' | 'text'>): Shelvable {
  return { key: alarmOf(event), sensors: event.sensors.slice(0, 1) }
}

/** Those whose time is over are alarms again. */
export function endShelves({ attention }: LiveState, now: EpochMicros): readonly Happening[] {
  const ended: Happening[] = []
  for (const [key, shelved] of attention.shelved) {
    const { until, reason } = shelved
    if (until > now) continue
    unshelve(attention, key)
    const sensor = key.slice(key.indexOf(' ') + 1)
    ended.push(note(now, `no longer shelved, its time is over: ${reason}${crossings(shelved)}`, key.startsWith('alert ') ? [sensor] : []))
  }
  return ended
}

function crossings(shelved: ShelvedAlarm): string {
  const text = crossedText(shelved)
  return text === '' ? '' : `; ${text}`
}

function note(at: EpochMicros, text: string, sensors: readonly string[]): Happening {
  return { kind: 'event', at, event: 'alert', severity: 'note', text, sensors: sensors.slice(0, 1) }
}

function by(who: string): string {
  return who === '' ? '' : ` by ${who}`
}
