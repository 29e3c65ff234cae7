import type { ViewId } from '../views/view-id.js'
import type { Pane, PaneLayout, PaneTree, Split } from './pane-tree.js'

/** A layout by name. */
export interface Preset {
  readonly name: string
  /** Who it is for, for the command bar. */
  readonly about: string
  readonly root: PaneTree
}

const pane = (id: number, view: ViewId, state?: unknown): Pane => ({ kind: 'pane', id, view, ...(state === undefined ? {} : { state }) })
const above = (share: number, first: PaneTree, second: PaneTree): Split => ({ kind: 'split', along: 'rows', share, first, second })
const beside = (share: number, first: PaneTree, second: PaneTree): Split => ({ kind: 'split', along: 'columns', share, first, second })

export const PRESETS = [
  {
    name: 'overview',
    about: 'sensors, the selected one as a chart, what happened',
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
  {
    name: 'commissioning',
    about: 'every checklist beside the past of the selected one',
    root: beside(0.64, pane(1, 'commissioning'), pane(2, 'charts')),
  },
  {
    name: 'technician',
    about: 'one sensor in depth beside its line',
    root: beside(
      0.4,
      above(0.55, pane(1, 'sensors'), above(0.5, pane(2, 'devices'), pane(3, 'coverage', { audience: 'technician' }))),
      above(0.3, pane(4, 'gauge'), above(0.5, pane(5, 'charts'), above(0.5, pane(6, 'spectrum'), pane(7, 'log')))),
    ),
  },
  {
    name: 'operations',
    about: 'every asset at a glance, what is wrong, recent past',
    root: beside(
      0.5,
      above(0.45, pane(1, 'health'), pane(2, 'events')),
      above(0.7, pane(3, 'sparklines'), pane(4, 'coverage', { audience: 'operations' })),
    ),
  },
  {
    name: 'executive',
    about: 'the plant in six numbers, and what is in trouble',
    root: above(0.35, pane(1, 'summary'), beside(0.5, pane(2, 'health'), pane(3, 'coverage', { audience: 'executive' }))),
  },
] as const satisfies readonly Preset[]

export type PresetName = (typeof PRESETS)[number]['name']

/** A preset as a layout, with the focus in its first pane. */
export function layoutOf(name: PresetName): PaneLayout {
  const { root } = PRESETS.find((preset) => preset.name === name) ?? PRESETS[0]
  return { root, focus: 1, shows: 'all' }
}
