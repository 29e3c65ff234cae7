import type { SensorKind } from './sensor.js'

/** What a quantity of the unit table measures, where that is certain; a length may be a level or a displacement, and stays open. */
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
  'apparent power': 'power',
  'reactive power': 'power',
  energy: 'energy',
  'relative humidity': 'humidity',
}

/** The kind of a sensor that is stated in a unit of this quantity; `other` where several kinds are. */
export function kindOfQuantity(quantity: string): SensorKind {
  return KINDS[quantity] ?? 'other'
}
