import type { Surroundings } from '../drivers/contract.js'
import { DriverFault } from '../drivers/fault.js'
import { Fault } from '../faults/fault.js'
import { schemeOf } from '../readings/address.js'
import type { Asset, Site } from '../readings/asset.js'
import { type Sensor, unnamedSensor } from '../readings/sensor.js'
import { similar } from '../readings/similar.js'
import { driverOf } from './lines-of.js'
import { nameSensors } from './name-sensors.js'
import { refuseUnknownUnit } from './refuse-unknown-unit.js'

export interface Resolved {
  readonly sensors: readonly Sensor[]
  readonly assets: readonly Asset[]
  readonly site: string | null
}

/**
 * What people name on the command line, as sensors: a sensor or asset of the site, the address of a value, or the address of a
 * device, which is probed and gives all that it offers. Nothing named means the whole site.
 *
 * @param site loads the site file; called only when a name or nothing was given.
 * A device that cannot be reached is left out, with a warning, where others can.
 * @throws Fault SENSOR_UNKNOWN, SCHEME_UNKNOWN, ADDRESS_INVALID, NO_DATA, or what probing a device throws.
 */
export async function resolveSensors(
  targets: readonly string[],
  { site, around }: { readonly site: () => Promise<Site>; readonly around: Surroundings },
): Promise<Resolved> {
  const named = targets.filter((target) => schemeOf(target) === undefined)
  const known = targets.length === 0 || named.length > 0 ? await site().catch((thrown: unknown) => takenForName(named, thrown)) : undefined
  if (targets.length === 0 && known) return { sensors: known.sensors, assets: known.assets, site: known.name }
  const sensors = new Map<string, Sensor>()
  const faults: DriverFault[] = []
  for (const target of targets) {
    try {
      const isName = schemeOf(target) === undefined && known !== undefined
      const found = isName ? sensorsNamed(target, known) : await sensorsAt(target, { around, taken: sensors.keys() })
      for (const sensor of found) sensors.set(sensor.key, sensor)
    } catch (thrown) {
      if (!(thrown instanceof DriverFault) || !thrown.retry) throw thrown
      faults.push(thrown)
      if (targets.length > 1) around.log.warn(`left out: ${thrown.message}`)
    }
  }
  const [first] = faults
  if (first && sensors.size === 0) throw first
  return { sensors: [...sensors.values()], assets: known?.assets ?? [], site: known?.name ?? null }
}

/** Who gave a word that is no address may not have had a site file in mind. */
function takenForName([first]: readonly string[], thrown: unknown): never {
  if (first === undefined || !(thrown instanceof Fault) || thrown.code !== 'SITE_FILE_MISSING') throw thrown
  throw new Fault(thrown.code, {
    ...thrown.facts,
    because: `'${first}' is no address (scheme://…), so it was taken for the name of a sensor in the site file`,
    cause: thrown,
  })
}

function sensorsNamed(name: string, site: Site): readonly Sensor[] {
  const found = site.sensors.filter((sensor) => sensor.key === name || sensor.asset === name)
  if (found.length > 0) return found
  const alike = similar(name, [...site.sensors.map(({ key }) => key), ...site.assets.map(({ key }) => key)])
  throw new Fault('SENSOR_UNKNOWN', {
    message: `the site '${site.name}' has no sensor or asset '${name}'`,
    because: alike === undefined ? `it has ${site.sensors.length} sensors, none like it` : `perhaps you meant ${alike}`,
    advice: { file: 'chatterfix.yaml' },
  })
}

async function sensorsAt(
  address: string,
  { around, taken }: { readonly around: Surroundings; readonly taken: Iterable<string> },
): Promise<readonly Sensor[]> {
  const driver = await driverOf(address)
  if (driver.locate(address).reaches === 'value') {
    refuseUnknownUnit(address)
    return [unnamedSensor(address)]
  }
  const { points } = await driver.probe(address, around)
  if (points.length > 0) return nameSensors(points, taken)
  throw new DriverFault('NO_DATA', {
    message: `${address} offers no values`,
    where: { device: address },
    advice: { address },
    retry: false,
  })
}
