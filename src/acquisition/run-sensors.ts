import type { SensorKey } from '../readings/measurement.js'
import type { Sensor } from '../readings/sensor.js'
import type { Refusal } from '../sinks/contract.js'
import { linesOf } from './lines-of.js'
import type { Resolved } from './resolve-sensors.js'
import type { RoadSinks } from './road-sinks.js'
import { changesBetween, refusalOf, type SensorChanges } from './sensor-changes.js'

/** The sensors of a run, which may change while it lasts. A name means one thing for as long as that. */
export class RunSensors {
  #current: Resolved
  readonly #sinks: RoadSinks
  /** All that there have been. */
  readonly #known: Map<SensorKey, Sensor>

  constructor({ sensors, assets, site }: Resolved, sinks: RoadSinks) {
    this.#current = { sensors, assets, site }
    this.#sinks = sinks
    this.#known = new Map(sensors.map((sensor) => [sensor.key, sensor]))
  }

  get current(): Resolved {
    return this.#current
  }

  /**
   * @returns what there is from now on, and what that changes; the sinks know of it.
   * @throws DriverFault for an address that nobody understands; nothing has changed then.
   */
  async change(wanted: Resolved): Promise<{ readonly changes: SensorChanges; readonly sensors: readonly Sensor[] }> {
    await linesOf(wanted.sensors)
    const before = this.#current.sensors
    const refusals = wanted.sensors.flatMap((sensor) => refusalOf(this.#known.get(sensor.key), sensor) ?? [])
    const news = changesBetween(before, this.#without(refusals, wanted.sensors))
    refusals.push(...(await this.#sinks.extend([...news.added, ...news.changed])))
    const sensors = this.#without(refusals, wanted.sensors)
    for (const sensor of sensors) this.#known.set(sensor.key, sensor)
    this.#current = { ...wanted, sensors }
    return { sensors, changes: { ...changesBetween(before, sensors), refused: refusals } }
  }

  /** Those that are refused stay as they were, or away. */
  #without(refusals: readonly Refusal[], wanted: readonly Sensor[]): readonly Sensor[] {
    const refused = new Set(refusals.map(({ key }) => key))
    const old = new Map(this.#current.sensors.map((sensor) => [sensor.key, sensor]))
    return wanted.flatMap((sensor) => (refused.has(sensor.key) ? (old.get(sensor.key) ?? []) : sensor))
  }
}
