import type { Happening } from '../../readings/measurement.js'
import type { EpochMicros } from '../../readings/time.js'

/** An alarm that somebody has put aside for a while. */
export interface ShelvedAlarm {
  readonly at: EpochMicros
  readonly until: EpochMicros
  readonly reason: string
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

export function shelve(attention: Attention, alarm: string, shelved: ShelvedAlarm): void {
  attention.shelved.delete(alarm)
  attention.shelved.set(alarm, shelved)
  const [oldest] = attention.shelved.keys()
  if (attention.shelved.size > SHELVED_KEPT && oldest !== undefined) attention.shelved.delete(oldest)
}

export function unshelve(attention: Attention, alarm: string): void {
  attention.shelved.delete(alarm)
}

/** Whether an alarm is put aside at a moment; one whose time is over is not. */
export function shelvedAt(attention: Attention, alarm: string, now: EpochMicros): ShelvedAlarm | undefined {
  const shelved = attention.shelved.get(alarm)
  return shelved && shelved.until > now ? shelved : undefined
}
