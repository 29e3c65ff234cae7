import type { Driver } from '../drivers/contract.js'
import { DriverFault } from '../drivers/fault.js'
import { DRIVERS, driverEntryOf } from '../drivers/registry.js'
import { schemeOf } from '../readings/address.js'
import type { Sensor } from '../readings/sensor.js'
import type { Line } from './line.js'

/**
 * The driver that an address needs.
 * @throws DriverFault SCHEME_UNKNOWN
 */
export async function driverOf(address: string): Promise<Driver> {
  const scheme = schemeOf(address)
  const entry = scheme === undefined ? undefined : driverEntryOf(scheme)
  if (entry) return await entry.load()
  const known = DRIVERS.flatMap(({ schemes }) => schemes).join(', ')
  throw new DriverFault('SCHEME_UNKNOWN', {
    message: scheme === undefined ? `'${address}' is not an address` : `no driver knows '${scheme}://'`,
    where: { address },
    because: `an address begins with one of ${known}`,
    advice: { example: DRIVERS[0]?.example ?? '' },
    retry: false,
  })
}

/** Sensors grouped by the connection that they share. */
export async function linesOf(sensors: readonly Sensor[]): Promise<Line[]> {
  const lines = new Map<
    string,
    { readonly name: string; readonly driver: Driver; readonly sensors: Sensor[]; readonly connections?: 'one' }
  >()
  for (const sensor of sensors) {
    const driver = await driverOf(sensor.address)
    const { line, connections } = driver.locate(sensor.address)
    const known = lines.get(line)
    if (known) known.sensors.push(sensor)
    else lines.set(line, { name: line, driver, sensors: [sensor], ...(connections ? { connections } : {}) })
  }
  return [...lines.values()]
}
