import type { Happening } from '../../readings/measurement.js'
import type { Sensor } from '../../readings/sensor.js'
import { type EpochMicros, formatMicros } from '../../readings/time.js'
import { isBeyond, type LimitLetters, type LimitState, limitOf } from './limit-state.js'

/**
 * A value that is beyond a limit of its sensor, or was and nobody has acknowledged it. The states are those of ISA-18.2 and IEC 62682 as OPC UA tells
 * them (OPC 10000-9 §4.8, §5.8): unacknowledged, acknowledged, returned to normal but unacknowledged; one that is normal is no alarm and not kept.
 * Shelving lies over them (`attention.ts`).
 */
export interface LimitAlarm {
  readonly row: number
  state: 'unacknowledged' | 'acknowledged' | 'returned'
  /** That it is beyond, or was. */
  letters: LimitLetters
  /** In the sensor's unit. */
  limit: number
  /** When it went beyond it, and with which value. */
  raisedAt: EpochMicros
  raisedValue: number
  /** The furthest beyond since. */
  worst: number
  /** Since when the state is as it is. */
  since: EpochMicros
  /** How often it went beyond a limit since it was normal. */
  times: number
  /** When its last change was told; a value that swings about a limit is told once a second. */
  toldAt: EpochMicros
  /** Changes since then. */
  untold: number
}

const TOLD_EVERY_MICROS = 1e6
const RANK = { H: 1, L: 1, HH: 2, LL: 2 } as const

/** Row → alarm. */
export type Alarms = Map<number, LimitAlarm>

/**
 * What becomes of an alarm with a value that is no bad one. @param reading.letters  the limit that counts as passed with it (`watch-limits.ts`).
 * @returns what is to be told of it; null where nothing changed, or too soon after the last change.
 */
export function judgeLimits(
  alarms: Alarms,
  sensor: Pick<Sensor, 'key' | 'unit' | 'limits'>,
  reading: { readonly row: number; readonly letters: LimitState; readonly value: number; readonly at: EpochMicros },
): Happening | null {
  const { row, letters, value, at } = reading
  const alarm = alarms.get(row)
  if (letters === null) {
    if (!alarm || alarm.state === 'returned') return null
    if (alarm.state === 'acknowledged') alarms.delete(row)
    else change(alarm, 'returned', at)
    return told(alarm, sensor, { value, at, is: 'normal' })
  }
  if (!alarm) {
    const raised = newAlarm({ row, value, at }, letters, limitOf(letters, sensor.limits))
    alarms.set(row, raised)
    return told(raised, sensor, { value, at, is: 'beyond' })
  }
  if (isFurther(letters, value, alarm.worst)) alarm.worst = value
  if (alarm.state !== 'returned' && letters === alarm.letters) return null
  const isAnew = alarm.state === 'returned' || RANK[letters] > RANK[alarm.letters] || letters[0] !== alarm.letters[0]
  alarm.letters = letters
  alarm.limit = limitOf(letters, sensor.limits)
  if (isAnew) {
    Object.assign(alarm, { raisedAt: at, raisedValue: value, worst: value, times: alarm.times + 1 })
    change(alarm, 'unacknowledged', at)
  } else alarm.untold++
  return told(alarm, sensor, { value, at, is: 'beyond' })
}

/** What was held back, once its second is over: whoever reads the events alone must know how it stands. */
export function tellLate(
  { alarms, sensors, value }: { readonly alarms: Alarms; readonly sensors: readonly Sensor[]; readonly value: Float64Array },
  now: EpochMicros,
): readonly Happening[] {
  const late: Happening[] = []
  for (const alarm of alarms.values()) {
    const sensor = sensors[alarm.row]
    if (alarm.untold === 0 || !sensor) continue
    const is = alarm.state === 'returned' ? 'normal' : 'beyond'
    const happening = told(alarm, sensor, { value: value[alarm.row] ?? alarm.worst, at: now, is })
    if (happening) late.push(happening)
  }
  return late
}

const STANDING_TOLD = 1000

/** The alarms that stand at a moment, for whoever begins to listen then. */
export function standingAlarms(
  { alarms, sensors }: { readonly alarms: Alarms; readonly sensors: readonly Sensor[] },
  at: EpochMicros,
): readonly Happening[] {
  return [...alarms.values()].slice(0, STANDING_TOLD).map((alarm) => {
    const { key, unit = null } = sensors[alarm.row] ?? { key: '' }
    const text = `alarm stands, ${alarm.state}: ${alarmText(alarm, alarm.raisedValue, unit)} since ${formatMicros(alarm.raisedAt)}`
    return { kind: 'event', at, event: 'alert', severity: 'note', text, sensors: [key] } as const
  })
}

/** `4.63 mm/s is at or above H 4.5 mm/s`; for people and recordings. */
export function alarmText({ letters, limit }: Pick<LimitAlarm, 'letters' | 'limit'>, value: number, unit: string | null): string {
  // Deadband and off-delay hold an alarm of a value that is back already.
  if (!isBeyond(letters, value, limit, 0)) return `${withUnit(value, unit)} is short of ${letters} ${withUnit(limit, unit)}, which is held`
  const side = letters.startsWith('H') ? 'at or above' : 'at or below'
  return `${withUnit(value, unit)} is ${side} ${letters} ${withUnit(limit, unit)}`
}

export function withUnit(value: number, unit: string | null): string {
  return `${Number(value.toPrecision(5))}${unit === null || unit === '' ? '' : ` ${unit}`}`
}

export function isCritical({ letters }: Pick<LimitAlarm, 'letters'>): boolean {
  return RANK[letters] === 2
}

function newAlarm(
  { row, value, at }: { readonly row: number; readonly value: number; readonly at: EpochMicros },
  letters: LimitLetters,
  limit: number,
): LimitAlarm {
  const first = { raisedAt: at, raisedValue: value, worst: value, since: at, times: 1, toldAt: Number.NEGATIVE_INFINITY, untold: 1 }
  return { row, state: 'unacknowledged', letters, limit, ...first }
}

function change(alarm: LimitAlarm, state: LimitAlarm['state'], at: EpochMicros): void {
  alarm.state = state
  alarm.since = at
  alarm.untold++
}

function told(
  alarm: LimitAlarm,
  { key, unit }: Pick<Sensor, 'key' | 'unit'>,
  { value, at, is }: { readonly value: number; readonly at: EpochMicros; readonly is: 'beyond' | 'normal' },
): Happening | null {
  // An acknowledged one that returns is gone afterwards: what is not told now never is.
  const isLast = is === 'normal' && alarm.state === 'acknowledged'
  const sinceToldMicros = at - alarm.toldAt
  if (!isLast && sinceToldMicros >= 0 && sinceToldMicros < TOLD_EVERY_MICROS) return null
  const between = alarm.untold > 1 ? `, after ${alarm.untold - 1} more changes within a second` : ''
  alarm.toldAt = at
  alarm.untold = 0
  const severity = is === 'normal' ? 'note' : isCritical(alarm) ? 'fault' : 'warning'
  const text =
    is === 'beyond'
      ? `alarm: ${alarmText(alarm, value, unit)}`
      : `returned to normal: ${withUnit(value, unit)}; it was beyond ${alarm.letters} ${withUnit(alarm.limit, unit)} as far as ${withUnit(alarm.worst, unit)}`
  return { kind: 'event', at, event: 'alert', severity, text: `${text}${between}`, sensors: [key] }
}

function isFurther(letters: LimitLetters, value: number, worst: number): boolean {
  return letters.startsWith('H') ? value > worst : value < worst
}
