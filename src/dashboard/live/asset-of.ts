import { schemeOf } from '../../readings/address.js'
import type { Sensor } from '../../readings/sensor.js'

/** The asset that a sensor belongs to: as the site says, else as its name does (`pump-247/flow`); undefined where neither does. */
export function assetOf(sensor: Pick<Sensor, 'asset' | 'key'> | undefined): string | undefined {
  if (!sensor) return undefined
  if (sensor.asset !== undefined) return sensor.asset
  const slash = sensor.key.indexOf('/')
  return slash > 0 && schemeOf(sensor.key) === undefined ? sensor.key.slice(0, slash) : undefined
}
