import type { SensorKey } from '../../readings/measurement.js'
import { DEFAULT_PERIOD_MS, type Sensor } from '../../readings/sensor.js'

/** Numbers for sensors and units, so that a column of them is a typed array. */
export interface SensorDictionary {
  readonly sensors: readonly Sensor[]
  readonly keys: readonly string[]
  /** Units by number; 0 is the empty text, for none. */
  readonly units: readonly string[]
  /** Numbers for the sensors of a batch and for their units, in its order. Sensors that nobody announced are added. */
  numbersOf(keys: readonly SensorKey[]): SensorNumbers
}

export interface SensorNumbers {
  /** Shape (keys,). */
  readonly sensors: Uint32Array
  /** Shape (keys,). */
  readonly units: Uint16Array
}

export function createSensorDictionary(announced: readonly Sensor[]): SensorDictionary {
  const sensors: Sensor[] = []
  const keys: string[] = []
  const units = ['']
  const unitNumbers: number[] = []
  const byKey = new Map<SensorKey, number>()
  const byBatch = new WeakMap<readonly SensorKey[], SensorNumbers>()

  function add(sensor: Sensor): number {
    const number = keys.push(sensor.key) - 1
    sensors.push(sensor)
    byKey.set(sensor.key, number)
    const unit = sensor.unit ?? ''
    const known = units.indexOf(unit)
    unitNumbers.push(known >= 0 ? known : units.push(unit) - 1)
    return number
  }
  for (const sensor of announced) if (!byKey.has(sensor.key)) add(sensor)

  return {
    sensors,
    keys,
    units,
    numbersOf(batchKeys) {
      const cached = byBatch.get(batchKeys)
      if (cached?.sensors.length === batchKeys.length) return cached
      const numbers = Uint32Array.from(batchKeys, (key) => byKey.get(key) ?? add(unannounced(key)))
      const found = { sensors: numbers, units: Uint16Array.from(numbers, (sensor) => unitNumbers[sensor] ?? 0) }
      byBatch.set(batchKeys, found)
      return found
    },
  }
}

function unannounced(key: SensorKey): Sensor {
  return { key, address: key, kind: 'other', unit: null, periodMs: DEFAULT_PERIOD_MS }
}
