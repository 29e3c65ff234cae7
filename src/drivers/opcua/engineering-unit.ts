import type { SensorKind } from '../../readings/sensor.js'
import { unitOf } from '../../readings/unit.js'

/** EUInformation, as far as we look (OPC 10000-8, 5.6.3). */
export interface EngineeringUnit {
  readonly displayName: string
  readonly description: string
}

/** What a quantity measures, where that is certain; a length may be a level or a displacement, and stays open. */
const KINDS: Readonly<Record<string, SensorKind>> = {
  temperature: 'temperature',
  pressure: 'pressure',
  'volume flow': 'flow',
  'mass flow': 'flow',
  velocity: 'velocity',
  acceleration: 'acceleration',
  'rotational frequency': 'speed',
  frequency: 'frequency',
  'electric current': 'current',
  'electric potential': 'voltage',
  power: 'power',
  energy: 'energy',
  'relative humidity': 'humidity',
}

/** Reads an EngineeringUnits value; undefined where it is something else. */
export function engineeringUnitOf(value: unknown): EngineeringUnit | undefined {
  if (typeof value !== 'object' || value === null || !('displayName' in value)) return undefined
  const { displayName, description } = value as { displayName: unknown; description?: unknown }
  return { displayName: textOf(displayName), description: textOf(description) }
}

/** Our symbol for it and the kind that follows from it; null and `other` where it is not in the unit table. */
export function meaningOf({ displayName, description }: EngineeringUnit): { readonly unit: string | null; readonly kind: SensorKind } {
  // An empty name is no statement; in the unit table it would be the number one.
  const unit = [displayName, description]
    .filter((name) => name !== '')
    .map(unitOf)
    .find((known) => known !== undefined)
  return { unit: unit?.symbol ?? null, kind: unit ? (KINDS[unit.quantity] ?? 'other') : 'other' }
}

function textOf(localized: unknown): string {
  const text = typeof localized === 'object' && localized !== null && 'text' in localized ? localized.text : localized
  return typeof text === 'string' ? text.trim().slice(0, 100) : ''
}
