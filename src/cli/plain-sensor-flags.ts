import { integer } from '@oclif/core/flags'
import type { PlainSensors } from '../plant/servers/mqtt/publish-plain-sensors.js'
import { positiveNumberFlag } from './positive-number-flag.js'

/** The many simple MQTT sensors of the embedded plant. */
export const plainSensorFlags = {
  sensors: integer({ description: 'that many plain MQTT sensors (sim/0001/value …) as well', default: 0, min: 0, max: 100_000 }),
  rate: positiveNumberFlag({ description: 'how often each of them is sent, in Hz', default: 1 }),
  'change-every': integer({
    description: 'of so many of its readings one has a new value, the others repeat it',
    default: 1,
    min: 1,
    max: 1_000_000,
  }),
}

/** The parsed values of `plainSensorFlags`. */
interface PlainSensorFlags {
  readonly sensors: number
  readonly rate: number
  readonly 'change-every': number
}

export function plainSensorsOf(flags: PlainSensorFlags): PlainSensors {
  return { count: flags.sensors, rateHz: flags.rate, changesEvery: flags['change-every'] }
}
