import type { Clock } from '../readings/clock.js'
import type { Freight, Happening, SensorKey } from '../readings/measurement.js'
import type { Sensor } from '../readings/sensor.js'
import type { EpochMicros } from '../readings/time.js'
import { BadSensors } from './bad-sensors.js'
import { type PeriodRegularity, regularityByPeriod } from './describe-sampling.js'
import { DeviceClocks } from './device-clocks.js'
import { isLive } from './is-live.js'
import { SamplingJitter } from './sampling-jitter.js'
import { SilentSensors } from './silent-sensors.js'

/** What the road notices of the freight that passes: who is silent, how evenly sensors are sampled, whose clock is off. */
export class Observations {
  readonly #silent: SilentSensors
  readonly #jitter: SamplingJitter
  readonly #bad = new BadSensors()
  readonly #deviceClocks = new DeviceClocks()
  #replayed: ReadonlySet<SensorKey>

  constructor(sensors: readonly Sensor[], clock: Pick<Clock, 'now' | 'monotonicMs'>) {
    this.#replayed = replayedOf(sensors)
    this.#silent = new SilentSensors(sensors)
    this.#jitter = new SamplingJitter(sensors, clock)
  }

  /** @returns what is worth telling the sinks. */
  hear(freight: Freight): readonly Happening[] {
    this.#silent.hear(freight)
    this.#bad.hear(freight)
    if (this.#isReplayed(freight)) return []
    this.#jitter.hear(freight)
    return this.#deviceClocks.hear(freight)
  }

  /** From now on these are the run's sensors. */
  follow(sensors: readonly Sensor[]): void {
    this.#replayed = replayedOf(sensors)
    this.#silent.follow(sensors)
    this.#jitter.follow(sensors)
    this.#bad.follow(sensors)
  }

  /** When the latest reading of a sensor was measured. */
  latest(key: SensorKey): EpochMicros | undefined {
    return this.#jitter.latest(key)
  }

  /** How many sensors gave a bad reading last. */
  bad(): number {
    return this.#bad.count
  }

  silent(): readonly SensorKey[] {
    return this.#silent.keys()
  }

  sampling(): readonly PeriodRegularity[] {
    return regularityByPeriod(this.#jitter.report())
  }

  /** Sensor → how far the clock of its device is behind ours, in milliseconds; only where devices stamp their readings. */
  deviceOffsetsMs(): ReadonlyMap<SensorKey, number> {
    return this.#deviceClocks.offsetsMs()
  }

  /** What a line delivers is either all measured now or all recorded. */
  #isReplayed(freight: Freight): boolean {
    const key = freight.kind === 'waveform' ? freight.sensor : freight.sensors[0]
    return key !== undefined && this.#replayed.has(key)
  }
}

function replayedOf(sensors: readonly Sensor[]): ReadonlySet<SensorKey> {
  return new Set(sensors.filter((sensor) => !isLive(sensor)).map(({ key }) => key))
}
