import { reasonOf } from '../../faults/fault.js'
import { acknowledge, shelve, unshelve } from '../live/attention.js'
import type { LayoutFile } from '../panes/saved-layout.js'
import type { LayoutPlace } from '../screen/layout-mode/layout-over.js'
import type { DashboardStore } from '../store.js'
import type { DashboardAction } from './dashboard-action.js'

/** Where layouts are kept. */
export interface LayoutShelf {
  /** Those that can be shown now; the site's before the person's own. */
  saved(): readonly LayoutFile[]
  /** @returns a word to the person. */
  save(file: LayoutFile, into: LayoutPlace): Promise<string>
}

/** What the world outside can do for the dashboard; what is left out is not possible in this run, and is said to be so. */
export interface Abilities {
  /** Leaves a mark in the recording. */
  readonly mark?: (text: string) => void
  readonly layouts?: LayoutShelf
}

/** An action that needs no terminal. @returns a short word to the person; null where there is nothing to say. */
export function performAction(
  action: Exclude<DashboardAction, { readonly kind: 'quit' | 'suspend' | 'redraw' | 'show' }>,
  { store, abilities, say }: { readonly store: DashboardStore; readonly abilities: Abilities; readonly say: (text: string) => void },
): string | null {
  const { attention } = store.live
  switch (action.kind) {
    case 'mark':
      abilities.mark?.(action.text)
      return abilities.mark ? 'mark set' : 'no recording to mark'
    case 'save-layout':
      if (!abilities.layouts) return 'layouts are not kept in this run'
      void abilities.layouts.save(action.file, action.into).then(say, (thrown: unknown) => say(reasonOf(thrown)))
      return null
    case 'say':
      return action.text
    case 'acknowledge':
      acknowledge(attention, action.event, store.clock.now())
      return null
    case 'shelve':
      shelve(attention, action.alarm, { ...action.shelved, at: store.clock.now() })
      return null
    case 'unshelve':
      unshelve(attention, action.alarm)
      return null
  }
}
