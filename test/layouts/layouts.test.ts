import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { panesOf } from '../../src/dashboard/panes/pane-tree.js'
import { layoutOf } from '../../src/dashboard/panes/presets.js'
import { saveLayout } from '../../src/dashboard/panes/saved-layout.js'
import { findLayout } from '../../src/layouts/find-layout.js'
import { keepLayout, layoutAt, layoutsIn } from '../../src/layouts/layout-folder.js'
import { openShelf } from '../../src/layouts/open-shelf.js'
import { formatSiteFile, parseSiteFile } from '../../src/readings/site-file.js'
import { loadSite } from '../../src/site/load-site.js'

const SITE = `# who wrote this: the night shift
site: works
sensors:
  pump/flow: { address: "mqtt://127.0.0.1/flow", kind: flow, unit: m³/h } # the old meter
`
const NIGHT = saveLayout('night', layoutOf('executive'))

describe('layouts in files', () => {
  let folder = ''
  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'layouts-'))
  })
  afterEach(() => rm(folder, { recursive: true }))

  it('come back from the folder of a person as they were kept', async () => {
    await keepLayout(join(folder, 'not', 'there', 'yet'), NIGHT)
    const { layouts, unread } = await layoutsIn(join(folder, 'not', 'there', 'yet'))
    expect(layouts).toEqual([JSON.parse(JSON.stringify(NIGHT))])
    expect(unread).toEqual([])
    expect(await layoutsIn(join(folder, 'nowhere'))).toEqual({ layouts: [], unread: [] })
  })

  it('go into a site file whose comments stay, and come back from it', async () => {
    const path = join(folder, 'chatterfix.yaml')
    await writeFile(path, SITE)
    const shelf = await openShelf(join(folder, 'own'), await loadSite(path))
    await shelf.save(NIGHT, 'site')
    const text = await readFile(path, 'utf8')
    expect(text).toContain('# who wrote this: the night shift')
    expect(text).toContain('# the old meter')
    const again = await openShelf(join(folder, 'own'), await loadSite(path))
    expect(again.saved()).toEqual([JSON.parse(JSON.stringify(NIGHT))])
    const site = parseSiteFile(text, path)
    expect(parseSiteFile(formatSiteFile(site), path)).toEqual(site)
  })

  it('say so where there is no site file to keep one in', async () => {
    const shelf = await openShelf(folder, null)
    expect(await shelf.save(NIGHT, 'site')).toContain('no site file')
    expect(shelf.saved()).toEqual([])
  })

  it('are found by name, by file and among ours, and a wrong name says which was meant', async () => {
    const path = await keepLayout(folder, NIGHT)
    const { layouts } = await layoutsIn(folder)
    for (const named of ['night', path]) expect(panesOf((await findLayout(named, layouts)).root)).toHaveLength(3)
    expect((await findLayout('table', layouts)).root).toMatchObject({ view: 'sensors' })
    await expect(findLayout('nigth', layouts)).rejects.toMatchObject({
      code: 'LAYOUT_UNKNOWN',
      facts: { because: 'perhaps you meant night' },
    })
    await expect(findLayout(join(folder, 'none.json'), layouts)).rejects.toMatchObject({ code: 'FILE_NOT_FOUND' })
  })

  it.each([
    ['no JSON', '{'],
    ['another schema', '{"schema":"x","name":"a","root":{"view":"sensors"}}'],
    ['a view that there is not', '{"schema":"chatterfix/layout/1","name":"a","root":{"view":"weather"}}'],
    ['a name that leads elsewhere', '{"schema":"chatterfix/layout/1","name":"../a","root":{"view":"sensors"}}'],
    ['17 panes', JSON.stringify({ schema: 'chatterfix/layout/1', name: 'a', root: nested(17) })],
    ['a thousand levels', JSON.stringify({ schema: 'chatterfix/layout/1', name: 'a', root: nested(1500) })],
    ['more than it may hold', `{"x":"${'y'.repeat(300_000)}"}`],
  ])('are refused with a reason: %s', async (_, text) => {
    const path = join(folder, 'bad.json')
    await writeFile(path, text)
    await expect(layoutAt(path)).rejects.toMatchObject({ code: 'LAYOUT_INVALID' })
    expect((await layoutsIn(folder)).unread).toHaveLength(1)
  })
})

function nested(panes: number): unknown {
  let tree: unknown = { view: 'sensors' }
  for (let k = 1; k < panes; k++) tree = { along: 'rows', share: 0.5, first: { view: 'log' }, second: tree }
  return tree
}
