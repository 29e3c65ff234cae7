import type { SensorKey } from '../../readings/measurement.js'
import { DEFAULT_PERIOD_MS, type Sensor } from '../../readings/sensor.js'
import type { Refusal } from '../contract.js'

/** Numbers for sensors and units, so that a column of them is a typed array. */
export interface SensorDictionary {
  readonly sensors: readonly Sensor[]
  readonly keys: readonly string[]
  /** Units by number; 0 is the empty text, for none. */
  readonly units: readonly string[]
  /** Grows with every sensor that is new or described anew. */
  readonly revision: number
  /** Makes sensors known before their first batch. @returns those whose names stand for something else here. */
  announce(sensors: readonly Sensor[]): readonly Refusal[]
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

  let revision = 0

  function add(sensor: Sensor): number {
    revision++
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
    get revision() {
      return revision
    },
    announce(some) {
      return some.flatMap((sensor) => {
        const number = byKey.get(sensor.key)
        const known = number === undefined ? undefined : sensors[number]
        if (number === undefined || known === undefined) add(sensor)
        else if (known.address !== sensor.address || known.unit !== sensor.unit) return [refusal(known, sensor)]
        else {
          sensors[number] = sensor
          revision++
        }
        return []
      })
    },
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

function refusal(known: Sensor, { key, address, unit }: Sensor): Refusal {
  const because = `the recording knows it as ${known.address} in ${known.unit ?? 'no unit'}, not as ${address} in ${unit ?? 'no unit'}`
  return { key, because }
}

function unannounced(key: SensorKey): Sensor {
  return { key, address: key, kind: 'other', unit: null, periodMs: DEFAULT_PERIOD_MS }
}
