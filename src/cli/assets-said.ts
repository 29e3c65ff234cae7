import type { Asset } from '../readings/asset.js'
import { loadSite } from '../site/load-site.js'

/** The nameplates that somebody refers to: `--site FILE`, or the site file of this folder where only `--asset` is said. @throws Fault of the site file. */
export async function assetsSaid(said: {
  readonly site?: string | undefined
  readonly asset?: string | undefined
}): Promise<{ readonly assets?: readonly Asset[]; readonly asset?: string | undefined }> {
  if (said.site === undefined && said.asset === undefined) return {}
  const { assets } = await loadSite(said.site)
  return { assets, asset: said.asset }
}
