import { parseAddress } from './address.js'
import type { SensorKey } from './measurement.js'
import { parseDurationMs } from './time.js'

/** What a sensor measures; the words of the site file and of ChatterFix's own sensor types, refined. */
export const SENSOR_KINDS = [
  'temperature',
  'pressure',
  'flow',
  'level',
  'speed',
  'current',
  'voltage',
  'power',
  'energy',
  'frequency',
  'velocity',
  'acceleration',
  'displacement',
  'humidity',
  'state',
  'counter',
  'other',
] as const
export type SensorKind = (typeof SENSOR_KINDS)[number]

/** Alarm limits in the sensor's unit. */
export interface Limits {
  readonly criticalLow?: number
  readonly warningLow?: number
  readonly warningHigh?: number
  readonly criticalHigh?: number
  /** An alarm stands until the value is back by more than this, in the sensor's unit. */
  readonly deadband?: number
  /** For how long a value must be beyond a limit to raise its alarm. */
  readonly onDelayMs?: number
  /** For how long it must be back, by more than the deadband, to end it. */
  readonly offDelayMs?: number
}

/** A named measuring point. */
export interface Sensor {
  readonly key: SensorKey
  /** A URI that says how to reach the value (address.ts). */
  readonly address: string
  readonly kind: SensorKind
  /** A symbol of the unit table; null where nobody stated one. */
  readonly unit: string | null
  /** How often a polled device is asked; pushed values come when they come. */
  readonly periodMs: number
  readonly range?: { readonly low: number; readonly high: number }
  /** True where `write` may change it, within its range; false where it may not, whatever a profile of its device lists. */
  readonly writable?: boolean
  readonly limits?: Limits
  /** A recording keeps a reading only where it is further than this from the last kept one, in the sensor's unit; 0 keeps every change. */
  readonly deadband?: number
  /** With a deadband: a reading is kept at the latest after so long. */
  readonly atLeastEveryMs?: number
  /** The asset that it belongs to, e.g. `pump-247`. */
  readonly asset?: string
  readonly description?: string
}

export const DEFAULT_PERIOD_MS = 1000

/** A sensor that nobody has named yet: its address is its key; `unit`, `kind` and `every` may stand in the address's query. */
export function unnamedSensor(address: string): Sensor {
  const { query } = parseAddress(address)
  const kind = SENSOR_KINDS.find((known) => known === query.get('kind')) ?? 'other'
  const unit = query.get('unit') ?? null
  return { key: address, address, kind, unit, periodMs: parseDurationMs(query.get('every') ?? '') ?? DEFAULT_PERIOD_MS }
}
