import type { KeyPress } from '../../src/dashboard/keys/key-press.js'
import { paneOf } from '../../src/dashboard/panes/pane-tree.js'
import type { Picture } from '../../src/dashboard/picture.js'
import { composeFrame, type Frame } from '../../src/dashboard/screen/compose-frame.js'
import { type DashboardState, FIRST_SCREEN } from '../../src/dashboard/screen/dashboard-state.js'
import { reduceKey } from '../../src/dashboard/screen/reduce-key.js'
import type { ScreenOutcome } from '../../src/dashboard/screen/screen-outcome.js'
import { stateOf } from '../../src/dashboard/views/registry.js'
import type { ViewId } from '../../src/dashboard/views/view-id.js'

/** Header 2, heading 1, names 1, key line 1: ten sensors are visible. */
const SIZE = { columns: 100, rows: 15 }

/** Letters one by one, names of other keys as they are: `typed('/pump', 'enter')`. */
export function typed(...keys: readonly string[]): KeyPress[] {
  return keys.flatMap((word) =>
    NAMES.has(word) ? [{ name: word } as KeyPress] : [...word].map((letter): KeyPress => ({ name: 'text', text: letter })),
  )
}

const NAMES = new Set(
  'up down left right shift-up shift-down shift-left shift-right page-up page-down home end enter escape backspace delete tab shift-tab'.split(
    ' ',
  ),
)

/** A screen with one pane. */
export function alone(view: ViewId, state?: unknown): DashboardState {
  const pane = state === undefined ? { kind: 'pane' as const, id: 1, view } : { kind: 'pane' as const, id: 1, view, state }
  return { ...FIRST_SCREEN, layout: { root: pane, focus: 1, shows: 'all' } }
}

/** What the keys do to a screen, one frame after each, as the dashboard does it. */
export function pressed(picture: Picture, keys: readonly KeyPress[], size = SIZE): ScreenOutcome & { readonly frame: Frame } {
  let outcome: ScreenOutcome = { screen: picture.screen }
  for (const key of keys) {
    const frame = composeFrame({ ...picture, screen: outcome.screen }, size)
    outcome = reduceKey(frame.picture.screen, key, frame)
  }
  const frame = composeFrame({ ...picture, screen: outcome.screen }, size)
  return { ...outcome, screen: frame.picture.screen, frame }
}

/** The state of the pane with the focus. */
export function focusedState(screen: DashboardState): unknown {
  const pane = paneOf(screen.layout)
  return pane ? stateOf(pane) : undefined
}
