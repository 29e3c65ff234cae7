import type { PaneLayout } from '../dashboard/panes/pane-tree.js'
import { layoutOf, PRESETS } from '../dashboard/panes/presets.js'
import type { LayoutFile } from '../dashboard/panes/saved-layout.js'
import { openLayout } from '../dashboard/screen/open-layout.js'
import { Fault } from '../faults/fault.js'
import { similar } from '../readings/similar.js'
import { layoutAt } from './layout-folder.js'

/**
 * A layout as people name it: a file (`night.json`, `./night`), else one that was saved, else one of ours.
 * @throws Fault LAYOUT_UNKNOWN, LAYOUT_INVALID, FILE_NOT_FOUND, FILE_PERMISSION.
 */
export async function findLayout(named: string, saved: readonly LayoutFile[]): Promise<PaneLayout> {
  if (/[/\\]|\.json$/i.test(named)) return openLayout(await layoutAt(named))
  const file = saved.find(({ name }) => name === named)
  if (file) return openLayout(file)
  const preset = PRESETS.find(({ name }) => name === named)
  if (preset) return layoutOf(preset.name)
  const names = [...saved.map(({ name }) => name), ...PRESETS.map(({ name }) => name)]
  const alike = similar(named, names)
  throw new Fault('LAYOUT_UNKNOWN', {
    message: `there is no layout '${named}'`,
    because: alike === undefined ? `there are ${names.join(', ')}` : `perhaps you meant ${alike}`,
    ...(alike === undefined ? {} : { advice: { layout: alike } }),
  })
}
