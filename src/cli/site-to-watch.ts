import process from 'node:process'
import type { DashboardLooks } from '../dashboard/dashboard-options.js'
import type { Surroundings } from '../drivers/contract.js'
import { Fault } from '../faults/fault.js'
import { DEFAULT_SITE_FILE, type LoadedSite, loadSite } from '../site/load-site.js'

interface SiteWish {
  /** As somebody named it. */
  readonly file: string | undefined
  readonly output: 'dashboard' | 'lines' | 'jsonl' | 'nothing'
  readonly targets: readonly string[]
  readonly around: Surroundings
  readonly looks: DashboardLooks
  /** As `FirstWalkOptions.onOpening`. */
  readonly onOpening?: (() => void) | undefined
}

/**
 * The site that is to be watched. Where there is none yet and nobody named one, a person on a terminal is led to a first one.
 * @throws Fault as `loadSite`, and INTERRUPTED where the person left.
 */
export async function siteToWatch({ file, output, targets, around, looks, onOpening }: SiteWish): Promise<LoadedSite> {
  try {
    return await loadSite(file)
  } catch (thrown) {
    const isMissing = thrown instanceof Fault && thrown.code === 'SITE_FILE_MISSING' && file === undefined && targets.length === 0
    if (!isMissing || output !== 'dashboard' || !process.stdin.isTTY) throw thrown
    const { firstWalk } = await import('../first-walk/first-walk.js')
    return await loadSite(await firstWalk({ file: DEFAULT_SITE_FILE, around, looks, onOpening }))
  }
}
