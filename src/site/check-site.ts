import { driverOf } from '../acquisition/lines-of.js'
import { Fault } from '../faults/fault.js'
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
  const site = await loadSite(path).catch((thrown: unknown) => {
    if (!(thrown instanceof Fault) || thrown.code !== 'SITE_FILE_MISSING') throw thrown
    throw new Fault(thrown.code, { ...thrown.facts, advice: { command: 'chatterfix config validate FILE' }, cause: thrown })
  })
  for (const { key, address } of site.sensors) {
    try {
      const { reaches } = (await driverOf(address)).locate(address)
      if (reaches === 'device')
        throw new Fault('ADDRESS_INVALID', { message: `'${address}' names a device, and a sensor needs a value of it` })
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
