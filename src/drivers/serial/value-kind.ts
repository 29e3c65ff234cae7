import type { SensorKind } from '../../readings/sensor.js'
import { unitOf } from '../../readings/unit.js'

const BY_QUANTITY: Readonly<Record<string, SensorKind>> = {
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

/** The symbol of a unit as a device writes it, and what such a value measures; a unit that nobody knows stays as written. */
export function meaningOfUnit(stated: string | null): { readonly unit: string | null; readonly kind: SensorKind } {
  if (stated === null) return { unit: null, kind: 'other' }
  const known = unitOf(stated)
  return { unit: known?.symbol ?? stated, kind: known ? (BY_QUANTITY[known.quantity] ?? 'other') : 'other' }
}
