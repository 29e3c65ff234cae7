import type { LayoutShelf } from '../dashboard/actions/perform-action.js'
import type { LayoutFile } from '../dashboard/panes/saved-layout.js'
import type { Fault } from '../faults/fault.js'
import type { LoadedSite } from '../site/load-site.js'
import { keepLayout, layoutsIn } from './layout-folder.js'
import { keepInSite, layoutsOfSite } from './site-layouts.js'

export interface OpenedShelf extends LayoutShelf {
  /** Files of the person's folder that are no layouts. */
  readonly unread: readonly Fault[]
}

/**
 * The layouts of a site and of a person. Of two with one name the site's comes first.
 * @param site  null where the run has no site file; then none can be kept in it.
 */
export async function openShelf(folder: string, site: Pick<LoadedSite, 'path' | 'layouts'> | null): Promise<OpenedShelf> {
  const own = await layoutsIn(folder)
  const kept = { site: site ? layoutsOfSite(site, site.path) : [], user: own.layouts }
  const replaced = (layouts: readonly LayoutFile[], file: LayoutFile): readonly LayoutFile[] => [
    ...layouts.filter(({ name }) => name !== file.name),
    file,
  ]
  return {
    unread: own.unread,
    saved: () => [...kept.site, ...kept.user.filter(({ name }) => !kept.site.some((other) => other.name === name))],
    async save(file, into) {
      if (into === 'user') {
        const path = await keepLayout(folder, file)
        kept.user = replaced(kept.user, file)
        return `kept in ${path}`
      }
      if (!site) return 'this run has no site file to keep it in; s keeps it for yourself'
      await keepInSite(site.path, file)
      kept.site = replaced(kept.site, file)
      return `kept in ${site.path}`
    },
  }
}
