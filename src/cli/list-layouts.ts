import { join } from 'node:path'
import { Fault } from '../faults/fault.js'
import { DEFAULT_SITE_FILE, type LoadedSite, loadSite } from '../site/load-site.js'
import { configFolder } from './config-folder.js'

export interface LayoutList {
  readonly schema: 'chatterfix/layouts/1'
  readonly layouts: readonly { readonly name: string; readonly from: string; readonly views: readonly string[] }[]
  /** Files that are no layouts, and why. */
  readonly notes: readonly string[]
}

/** Where a person keeps layouts. */
export function layoutFolder(): string {
  return join(configFolder(), 'layouts')
}

/** Every layout that can be shown here. @throws Fault as `loadSite` where a site file was named, LAYOUT_INVALID. */
export async function listLayouts(siteFile: string | undefined): Promise<LayoutList> {
  const { layoutsIn } = await import('../layouts/layout-folder.js')
  const { layoutsOfSite } = await import('../layouts/site-layouts.js')
  const { PRESETS } = await import('../dashboard/panes/presets.js')
  const { panesOf } = await import('../dashboard/panes/pane-tree.js')
  const { openLayout } = await import('../dashboard/screen/open-layout.js')
  const site = await siteIfAny(siteFile)
  const own = await layoutsIn(layoutFolder())
  const views = (file: Parameters<typeof openLayout>[0]) => panesOf(openLayout(file).root).map(({ view }) => view)
  return {
    schema: 'chatterfix/layouts/1',
    layouts: [
      ...(site ? layoutsOfSite(site, site.path).map((file) => ({ name: file.name, from: 'the site', views: views(file) })) : []),
      ...own.layouts.map((file) => ({ name: file.name, from: 'your own', views: views(file) })),
      ...PRESETS.map(({ name, root }) => ({ name, from: 'shipped', views: panesOf(root).map(({ view }) => view) })),
    ],
    notes: own.unread.map(({ message, facts }) => `${message}: ${facts.because ?? ''}`),
  }
}

/** The named site; the one of the working folder only where there is one. */
export async function siteIfAny(file: string | undefined): Promise<LoadedSite | null> {
  try {
    return await loadSite(file ?? DEFAULT_SITE_FILE)
  } catch (thrown) {
    if (file === undefined && thrown instanceof Fault && thrown.code === 'SITE_FILE_MISSING') return null
    throw thrown
  }
}
