import type { ViewId } from '../views/view-id.js'
import type { Pane, PaneLayout, PaneTree, Split } from './pane-tree.js'

/** A layout by name. */
export interface Preset {
  readonly name: string
  /** Who it is for, for the command bar. */
  readonly about: string
  readonly root: PaneTree
}

const pane = (id: number, view: ViewId): Pane => ({ kind: 'pane', id, view })
const above = (share: number, first: PaneTree, second: PaneTree): Split => ({ kind: 'split', along: 'rows', share, first, second })
const beside = (share: number, first: PaneTree, second: PaneTree): Split => ({ kind: 'split', along: 'columns', share, first, second })

export const PRESETS = [
  {
    name: 'overview',
    about: 'the sensors, the selected one as a chart, what happened',
    root: above(0.6, pane(1, 'sensors'), beside(0.62, pane(2, 'charts'), pane(3, 'events'))),
  },
  { name: 'table', about: 'nothing but the sensors', root: pane(1, 'sensors') },
  {
    name: 'sensor',
    about: 'the sensors, and all that is known of the selected one',
    root: beside(0.5, pane(1, 'sensors'), pane(2, 'detail')),
  },
  {
    name: 'buses',
    about: 'devices, what happened, the log',
    root: above(0.4, pane(1, 'devices'), beside(0.5, pane(2, 'events'), pane(3, 'log'))),
  },
] as const satisfies readonly Preset[]

export type PresetName = (typeof PRESETS)[number]['name']

/** A preset as a layout, with the focus in its first pane. */
export function layoutOf(name: PresetName): PaneLayout {
  const { root } = PRESETS.find((preset) => preset.name === name) ?? PRESETS[0]
  return { root, focus: 1, shows: 'all' }
}
