import { readFile } from 'node:fs/promises'
import { resolve } from 'node:path'
import type { LayoutFile } from '../dashboard/panes/saved-layout.js'
import { Fault, reasonOf } from '../faults/fault.js'
import type { Site } from '../readings/asset.js'
import { MAX_SITE_FILE_BYTES, parseSiteFile } from '../readings/site-file.js'
import { readYamlFile } from '../readings/yaml-file.js'
import { replaceFile } from '../recordings/replace-file.js'
import { bearingNamed } from '../site/bearing-named.js'
import { checkedLayout } from './read-layout.js'

/** The layouts of a site, for everybody who has its file. @throws Fault LAYOUT_INVALID. */
export function layoutsOfSite({ layouts = {} }: Pick<Site, 'layouts'>, from: string): readonly LayoutFile[] {
  return Object.entries(layouts).map(([name, root]) =>
    checkedLayout({ schema: 'chatterfix/layout/1', name, root }, `${from} layouts › ${name}`),
  )
}

/**
 * Puts a layout into a site file; comments and the order of what stands there remain.
 * @throws Fault SITE_FILE_INVALID, FILE_PERMISSION.
 */
export async function keepInSite(path: string, { name, root }: LayoutFile): Promise<void> {
  try {
    const text = await readFile(path, 'utf8')
    const { document } = readYamlFile(text, {
      fileName: path,
      maxBytes: MAX_SITE_FILE_BYTES,
      code: 'SITE_FILE_INVALID',
      example: 'site: demo-plant',
    })
    document.setIn(['layouts', name], document.createNode(JSON.parse(JSON.stringify(root))))
    const changed = document.toString({ lineWidth: 0 })
    parseSiteFile(changed, path, bearingNamed)
    await replaceFile(path, changed)
  } catch (thrown) {
    if (thrown instanceof Fault) throw thrown
    throw new Fault('FILE_PERMISSION', {
      message: `the layout cannot be kept in ${path}`,
      where: { file: resolve(path) },
      because: reasonOf(thrown),
      advice: { file: path },
      cause: thrown,
    })
  }
}
