import { DRIVERS, driverEntryOf } from '../drivers/registry.js'
import { Fault } from '../faults/fault.js'
import { schemeOf } from '../readings/address.js'
import { similarTo } from '../readings/similar.js'
import { loadSite } from './load-site.js'

export interface SiteCheck {
  readonly schema: 'chatterfix/site-check/1'
  readonly ok: true
  readonly path: string
  readonly site: string
  readonly assets: number
  readonly sensors: number
}

/**
 * Reads a site file and asks each sensor's driver whether its address means a value; touches no device.
 * @throws Fault SITE_FILE_INVALID, SITE_FILE_MISSING, SCHEME_UNKNOWN or the driver's ADDRESS_INVALID, with the sensor.
 */
export async function checkSite(path?: string): Promise<SiteCheck> {
  const site = await loadSite(path)
  for (const { key, address } of site.sensors) {
    const scheme = schemeOf(address) ?? ''
    const entry = driverEntryOf(scheme)
    if (entry === undefined) throw schemeUnknown(key, address, scheme)
    const driver = await entry.load()
    try {
      driver.locate(address)
    } catch (thrown) {
      if (!(thrown instanceof Fault)) throw thrown
      throw new Fault(thrown.code, { ...thrown.facts, where: { file: site.path, sensor: key, address, ...thrown.facts.where } })
    }
  }
  return {
    schema: 'chatterfix/site-check/1',
    ok: true,
    path: site.path,
    site: site.name,
    assets: site.assets.length,
    sensors: site.sensors.length,
  }
}

function schemeUnknown(sensor: string, address: string, scheme: string): Fault {
  const schemes = DRIVERS.flatMap((entry) => entry.schemes)
  const meant = similarTo(scheme, schemes)
  return new Fault('SCHEME_UNKNOWN', {
    message: `no driver knows ${scheme}://${meant === undefined ? '' : `; did you mean ${meant}://?`}`,
    where: { sensor, address },
    because: `known are ${schemes.join(', ')}`,
    advice: { example: (meant === undefined ? undefined : driverEntryOf(meant)?.example) ?? DRIVERS[0]?.example ?? '' },
  })
}
