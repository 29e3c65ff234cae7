import type { Freight, SensorKey } from '../readings/measurement.js'
import { isBad } from '../readings/quality.js'
import type { Sensor } from '../readings/sensor.js'

/** Which sensors have not given a single value yet. Costs nothing once all of them have. */
export class SilentSensors {
  readonly #waiting: Set<SensorKey>
  #known: ReadonlySet<SensorKey>

  constructor(sensors: readonly Sensor[]) {
    this.#waiting = new Set(sensors.map(({ key }) => key))
    this.#known = new Set(this.#waiting)
  }

  /** From now on these: new ones are waited for, gone ones no longer. */
  follow(sensors: readonly Sensor[]): void {
    const known = new Set(sensors.map(({ key }) => key))
    for (const key of known) if (!this.#known.has(key)) this.#waiting.add(key)
    for (const key of this.#waiting) if (!known.has(key)) this.#waiting.delete(key)
    this.#known = known
  }

  hear(freight: Freight): void {
    if (this.#waiting.size === 0) return
    if (freight.kind === 'waveform') this.#waiting.delete(freight.sensor)
    if (freight.kind !== 'batch') return
    for (let row = 0; row < freight.value.length; row++) {
      const key = freight.sensors[freight.sensor[row] ?? 0]
      if (key !== undefined && !isBad(freight.quality[row] ?? 0)) this.#waiting.delete(key)
    }
  }

  keys(): readonly SensorKey[] {
    return [...this.#waiting]
  }
}
