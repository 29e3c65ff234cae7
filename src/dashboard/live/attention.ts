import type { Happening } from '../../readings/measurement.js'
import type { EpochMicros } from '../../readings/time.js'

/** An alarm that somebody has put aside for a while. */
export interface ShelvedAlarm {
  readonly at: EpochMicros
  readonly until: EpochMicros
  readonly reason: string
  /** How often it came since. */
  crossed: number
  /** Of those only the first stands among the events. */
  isTold: boolean
}

/** What people have done about events. */
export interface Attention {
  /** Number of the event → when. */
  readonly acknowledged: Map<number, EpochMicros>
  /** `alarmOf` → why and how long. */
  readonly shelved: Map<string, ShelvedAlarm>
}

const SHELVED_KEPT = 1000

/** What an event is an occurrence of: the same sensor with the same kind of event is the same alarm. */
export function alarmOf({ event, sensors, text }: Pick<Happening, 'event' | 'sensors' | 'text'>): string {
  return `${event} ${sensors[0] ?? text}`
}

export function acknowledge(attention: Attention, event: number, at: EpochMicros): void {
  if (!attention.acknowledged.has(event)) attention.acknowledged.set(event, at)
}

export function shelve(attention: Attention, alarm: string, shelved: Pick<ShelvedAlarm, 'at' | 'until' | 'reason'>): void {
  attention.shelved.delete(alarm)
  attention.shelved.set(alarm, { ...shelved, crossed: 0, isTold: false })
  const [oldest] = attention.shelved.keys()
  if (attention.shelved.size > SHELVED_KEPT && oldest !== undefined) attention.shelved.delete(oldest)
}

export function unshelve(attention: Attention, alarm: string): void {
  attention.shelved.delete(alarm)
}

/** Whether an event of an alarm that is put aside is to be left out among the events: all but the first time that it came. */
export function isQuiet(attention: Attention, happening: Pick<Happening, 'event' | 'sensors' | 'text' | 'severity'>): boolean {
  const shelved = attention.shelved.get(alarmOf(happening))
  if (!shelved) return false
  if (happening.severity === 'note' || shelved.isTold) return true
  shelved.isTold = true
  return false
}

export function countCrossing(attention: Attention, alarm: string): void {
  const shelved = attention.shelved.get(alarm)
  if (shelved) shelved.crossed++
}

/** How often an alarm came while it was put aside; empty where it did not. */
export function crossedText({ crossed }: Pick<ShelvedAlarm, 'crossed'>): string {
  return crossed === 0 ? '' : `crossed ${crossed} ${crossed === 1 ? 'time' : 'times'} while shelved`
}

/** Whether an alarm is put aside at a moment; one whose time is over is not. */
export function shelvedAt(attention: Attention, alarm: string, now: EpochMicros): ShelvedAlarm | undefined {
  const shelved = attention.shelved.get(alarm)
  return shelved && shelved.until > now ? shelved : undefined
}
