import { driverEntryOf } from '../drivers/registry.js'
import { schemeOf } from '../readings/address.js'
import type { Sensor } from '../readings/sensor.js'

/** Whether a sensor is measured now, and not replayed from a recording. */
export function isLive({ address }: Pick<Sensor, 'address'>): boolean {
  const scheme = schemeOf(address)
  return scheme === undefined || driverEntryOf(scheme)?.times !== 'recorded'
}
