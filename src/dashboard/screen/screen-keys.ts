import type { KeyBinding } from '../keys/key-binding.js'
import { focusNext } from '../panes/edit-panes.js'
import type { Picture } from '../picture.js'
import { VIEWS } from '../views/registry.js'
import { numberKeyOf } from '../views/view-id.js'
import type { DashboardState } from './dashboard-state.js'
import { ARRANGE } from './layout-mode/layout-over.js'
import type { ScreenOutcome } from './screen-outcome.js'
import { showByNumber } from './show-view.js'

export interface ScreenKey extends KeyBinding<(screen: DashboardState) => ScreenOutcome> {
  /** Also while text is typed or something lies over the panes. */
  readonly holds?: 'always'
  /** Whether the key line names it now; left out: always. */
  readonly isWorthAHint?: (picture: Picture) => boolean
}

/** Keys that mean the same in every view. */
export const SCREEN_KEYS: readonly ScreenKey[] = [
  {
    press: ['q'],
    shown: 'q',
    does: 'quit; the terminal is left as it was',
    hint: 'quit',
    act: (screen) => ({ screen, action: { kind: 'quit' } }),
  },
  {
    press: ['?'],
    shown: '?',
    does: 'this help',
    hint: 'help',
    act: (screen) => ({ screen: { ...screen, over: { kind: 'help', top: 0 } } }),
  },
  {
    press: [':'],
    shown: ':',
    does: 'go to a view or sensor, or give a command: type some letters of it',
    hint: 'go to',
    act: (screen) => ({ screen: { ...screen, over: { kind: 'command', text: '', chosen: 0 } } }),
  },
  ...VIEWS.flatMap((view): readonly ScreenKey[] => {
    const number = numberKeyOf(view.id)
    if (number === undefined) return []
    const act: ScreenKey['act'] = (screen) => showByNumber(screen, view.id)
    return [{ press: [number], shown: number, does: `${view.title}: ${view.about}`, act }]
  }),
  {
    press: ['tab'],
    shown: 'Tab',
    does: 'the next pane; keys go to the pane with ▸',
    act: (screen) => ({ screen: { ...screen, layout: focusNext(screen.layout, 1) } }),
  },
  {
    press: ['shift-tab'],
    shown: 'Shift-Tab',
    does: 'the pane before',
    act: (screen) => ({ screen: { ...screen, layout: focusNext(screen.layout, -1) } }),
  },
  {
    press: ['z'],
    shown: 'z',
    does: 'the pane alone on the whole screen, and back',
    hint: 'zoom',
    isWorthAHint: ({ screen }) => screen.layout.root.kind === 'split',
    act: (screen) => ({ screen: { ...screen, layout: { ...screen.layout, shows: screen.layout.shows === 'all' ? 'focused' : 'all' } } }),
  },
  {
    press: [' '],
    shown: 'space',
    does: 'hold the picture, and go on; capture and recording never stop',
    hint: 'hold',
    act: (screen) => ({ screen: { ...screen, drawing: screen.drawing === 'running' ? 'held' : 'running' } }),
  },
  {
    press: ['m'],
    shown: 'm',
    does: 'leave a mark in the recording',
    hint: 'mark',
    isWorthAHint: ({ recording }) => recording !== null,
    act: (screen) => ({ screen, action: { kind: 'mark', text: 'marked by hand' } }),
  },
  {
    press: ['L'],
    shown: 'L',
    does: 'arrange the panes: split, move, resize, close, save',
    hint: 'layout',
    act: (screen) => ({ screen: { ...screen, over: ARRANGE, layout: { ...screen.layout, shows: 'all' } } }),
  },
  {
    press: ['ctrl-l'],
    shown: 'Ctrl-L',
    does: 'draw everything afresh',
    holds: 'always',
    act: (screen) => ({ screen, action: { kind: 'redraw' } }),
  },
  {
    press: ['ctrl-z'],
    shown: 'Ctrl-Z',
    does: 'suspend; fg comes back',
    holds: 'always',
    act: (screen) => ({ screen, action: { kind: 'suspend' } }),
  },
  {
    press: ['ctrl-c'],
    shown: 'Ctrl-C',
    does: 'quit, whatever is open',
    holds: 'always',
    act: (screen) => ({ screen, action: { kind: 'quit' } }),
  },
]
