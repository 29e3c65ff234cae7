import type { Freight, SensorKey } from '../readings/measurement.js'
import { isBad } from '../readings/quality.js'
import type { Sensor } from '../readings/sensor.js'

/** Which sensors' latest reading was bad. Costs next to nothing while none is. */
export class BadSensors {
  readonly #bad = new Set<SensorKey>()

  get count(): number {
    return this.#bad.size
  }

  hear(freight: Freight): void {
    if (freight.kind !== 'batch') return
    const { sensors, sensor, quality } = freight
    for (let row = 0; row < quality.length; row++) {
      const bad = isBad(quality[row] ?? 0)
      if (!bad && this.#bad.size === 0) continue
      const key = sensors[sensor[row] ?? 0] ?? ''
      if (bad) this.#bad.add(key)
      else this.#bad.delete(key)
    }
  }

  /** Forgets those that are none of these. */
  follow(sensors: readonly Sensor[]): void {
    const known = new Set(sensors.map(({ key }) => key))
    for (const key of this.#bad) if (!known.has(key)) this.#bad.delete(key)
  }
}
