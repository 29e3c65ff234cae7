import { Fault } from '../faults/fault.js'
import { schemeOf } from '../readings/address.js'
import { DEFAULT_SITE_FILE, type LoadedSite, loadSite } from '../site/load-site.js'

/**
 * The site that a write is bounded by; an empty one where an address was given and there is no site file, as the profile of the device may list it.
 * @throws Fault as `loadSite`.
 */
export async function siteForWrite(target: string, file: string | undefined): Promise<LoadedSite> {
  try {
    return await loadSite(file)
  } catch (thrown) {
    const isNeedless =
      file === undefined && schemeOf(target) !== undefined && thrown instanceof Fault && thrown.code === 'SITE_FILE_MISSING'
    if (!isNeedless) throw thrown
    return { name: '', assets: [], sensors: [], path: DEFAULT_SITE_FILE }
  }
}
