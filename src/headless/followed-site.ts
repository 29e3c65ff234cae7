import { type Resolved, resolveSensors } from '../acquisition/resolve-sensors.js'
import type { Surroundings } from '../drivers/contract.js'
import { Fault } from '../faults/fault.js'
import { schemeOf } from '../readings/address.js'
import type { Site } from '../readings/asset.js'

/** The sensors that were named on the command line, and what they become when the site file changes. */
export interface FollowedSite {
  readonly resolve: () => Promise<Resolved>
  /**
   * Reads the site file again. Addresses that were named beside it are not asked again what they offer.
   * @returns null where no site file is in use.
   * @throws Fault as `resolve`, and SITE_FILE_INVALID where nothing would be left to measure.
   */
  readonly reload: () => Promise<Resolved | null>
}

export function followSite(
  targets: readonly string[],
  { load, around }: { readonly load: () => Promise<Site>; readonly around: Surroundings },
): FollowedSite {
  const names = targets.filter((target) => schemeOf(target) === undefined)
  const hasSite = targets.length === 0 || names.length > 0
  let beside: Resolved['sensors'] = []
  return {
    async resolve() {
      const ofSite = new Set<string>()
      const site = async (): Promise<Site> => {
        const loaded = await load()
        for (const { key } of loaded.sensors) ofSite.add(key)
        return loaded
      }
      const resolved = await resolveSensors(targets, { site, around })
      beside = resolved.sensors.filter(({ key }) => !ofSite.has(key))
      return resolved
    },
    async reload() {
      if (!hasSite) return null
      const resolved = await resolveSensors(names, { site: load, around })
      const sensors = [...new Map([...beside, ...resolved.sensors].map((sensor) => [sensor.key, sensor])).values()]
      if (sensors.length > 0) return { ...resolved, sensors }
      throw new Fault('SITE_FILE_INVALID', { message: 'the site file has no sensors, so that nothing would be left to record' })
    },
  }
}
