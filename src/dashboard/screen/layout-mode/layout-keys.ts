import type { KeyBinding } from '../../keys/key-binding.js'
import { closePane, focusNext, focusPane, resizePane, splitPane, swapPanes } from '../../panes/edit-panes.js'
import { editLayout, undoLayout } from '../../panes/layout-past.js'
import { type Direction, neighbourOf } from '../../panes/neighbour.js'
import { MOST_PANES, type PaneLayout, panesOf, type Split } from '../../panes/pane-tree.js'
import { VIEW_IDS, type ViewId } from '../../views/view-id.js'
import type { DashboardState } from '../dashboard-state.js'
import type { ScreenMoment, ScreenOutcome } from '../screen-outcome.js'
import { ARRANGE, type ArrowUse, type LayoutOver } from './layout-over.js'

type Arranging = Extract<LayoutOver, { readonly step: 'arrange' }>
type Act = (screen: DashboardState, over: Arranging, at: ScreenMoment) => ScreenOutcome

/** Of the room that the two parts of a split share. */
const STEP = 0.04

/** Keys while panes are arranged. */
export const LAYOUT_KEYS: readonly KeyBinding<Act>[] = [
  { press: ['left'], shown: '←', does: 'to the pane on that side; after m: swap with it; after r: narrower', act: arrow('left') },
  { press: ['right'], shown: '→', does: 'the same to the right; after r: wider', act: arrow('right') },
  { press: ['up'], shown: '↑', does: 'the same upwards; after r: lower', act: arrow('up') },
  { press: ['down'], shown: '↓', does: 'the same downwards; after r: higher', act: arrow('down') },
  {
    press: ['tab'],
    shown: 'Tab',
    does: 'the next pane',
    act: (screen) => ({ screen: { ...screen, layout: focusNext(screen.layout, 1) } }),
  },
  { press: ['|', '\\'], shown: '|', does: 'halve the pane: a new one to the right', hint: 'split', act: split('columns') },
  { press: ['-', '_'], shown: '-', does: 'halve the pane: a new one below', hint: 'split', act: split('rows') },
  {
    press: ['v', 'enter'],
    shown: 'v',
    does: 'another view in this pane',
    hint: 'view',
    act: (screen) => ({ screen: { ...screen, over: PICK } }),
  },
  { press: ['m'], shown: 'm', does: 'arrows move the pane', hint: 'move', act: arrowsAre('move') },
  { press: ['r'], shown: 'r', does: 'arrows change its size', hint: 'size', act: arrowsAre('size') },
  {
    press: ['x', 'delete'],
    shown: 'x',
    does: 'close the pane',
    hint: 'close',
    act: (screen) => edited(screen, closePane(screen.layout, screen.layout.focus)),
  },
  {
    press: ['u', 'backspace'],
    shown: 'u',
    does: 'undo',
    hint: 'undo',
    act: (screen) => ({ screen: { ...screen, ...undoLayout(screen) } }),
  },
  { press: ['s'], shown: 's', does: 'save under a name, for yourself', hint: 'save', act: nameIt('user') },
  { press: ['S'], shown: 'S', does: 'save under a name in the site file, for everybody', act: nameIt('site') },
  {
    press: ['o', ':'],
    shown: 'o',
    does: 'open another layout',
    hint: 'open',
    act: (screen) => ({ screen: { ...screen, over: { kind: 'command', text: 'layout ', chosen: 0 } } }),
  },
  { press: ['escape', 'L', 'q'], shown: 'Esc', does: 'done', hint: 'done', act: (screen) => ({ screen: { ...screen, over: null } }) },
]

const PICK: LayoutOver = { kind: 'layout', step: 'view', text: '', chosen: 0 }
const LARGER: Readonly<Record<Direction, { readonly along: Split['along']; readonly by: number }>> = {
  left: { along: 'columns', by: -STEP },
  right: { along: 'columns', by: STEP },
  up: { along: 'rows', by: -STEP },
  down: { along: 'rows', by: STEP },
}

function arrow(direction: Direction): Act {
  return (screen, { arrows }, { placed }) => {
    const { layout } = screen
    if (arrows === 'size') return edited(screen, resizePane(layout, layout.focus, LARGER[direction]))
    const beside = neighbourOf(placed, layout.focus, direction)
    if (beside === undefined) return { screen }
    return arrows === 'move'
      ? edited(screen, swapPanes(layout, layout.focus, beside))
      : { screen: { ...screen, layout: focusPane(layout, beside) } }
  }
}

/** The new pane shows what no other does yet, until the person has picked something. */
function split(along: Split['along']): Act {
  return (screen) => {
    const { layout } = screen
    const shown = new Set<ViewId>(panesOf(layout.root).map(({ view }) => view))
    const next = splitPane(layout, layout.focus, { along, view: VIEW_IDS.find((id) => !shown.has(id)) ?? 'sensors' })
    if (next === layout) return { screen, action: { kind: 'say', text: `no more than ${MOST_PANES} panes` } }
    return { screen: { ...edited(screen, next).screen, over: PICK } }
  }
}

function arrowsAre(use: ArrowUse): Act {
  return (screen, { arrows }) => ({ screen: { ...screen, over: { ...ARRANGE, step: 'arrange', arrows: arrows === use ? 'focus' : use } } })
}

function nameIt(into: 'user' | 'site'): Act {
  return (screen) => ({ screen: { ...screen, over: { kind: 'layout', step: 'name', text: '', into } } })
}

function edited(screen: DashboardState, layout: PaneLayout): ScreenOutcome {
  return { screen: { ...screen, ...editLayout(screen, layout) } }
}
