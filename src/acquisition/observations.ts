import type { Freight, Happening, SensorKey } from '../readings/measurement.js'
import type { Sensor } from '../readings/sensor.js'
import { type PeriodRegularity, regularityByPeriod } from './describe-sampling.js'
import { DeviceClocks } from './device-clocks.js'
import { SamplingJitter } from './sampling-jitter.js'
import { SilentSensors } from './silent-sensors.js'

/** What the road notices of the freight that passes: who is silent, how evenly sensors are sampled, whose clock is off. */
export class Observations {
  readonly #silent: SilentSensors
  readonly #jitter: SamplingJitter
  readonly #deviceClocks = new DeviceClocks()

  constructor(sensors: readonly Sensor[]) {
    this.#silent = new SilentSensors(sensors)
    this.#jitter = new SamplingJitter(sensors)
  }

  /** @returns what is worth telling the sinks. */
  hear(freight: Freight): readonly Happening[] {
    this.#silent.hear(freight)
    this.#jitter.hear(freight)
    return this.#deviceClocks.hear(freight)
  }

  silent(): readonly SensorKey[] {
    return this.#silent.keys()
  }

  sampling(): readonly PeriodRegularity[] {
    return regularityByPeriod(this.#jitter.report())
  }
}
