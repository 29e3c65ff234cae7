import { acknowledge, shelve, unshelve } from '../live/attention.js'
import type { DashboardStore } from '../store.js'
import type { DashboardAction } from './dashboard-action.js'

/** What the world outside can do for the dashboard; what is left out is not possible in this run, and is said to be so. */
export interface Abilities {
  /** Leaves a mark in the recording. */
  readonly mark?: (text: string) => void
}

/** An action that needs no terminal. @returns a short word to the person; null where there is nothing to say. */
export function performAction(
  action: Exclude<DashboardAction, { readonly kind: 'quit' | 'suspend' | 'redraw' | 'show' }>,
  { store, abilities }: { readonly store: DashboardStore; readonly abilities: Abilities },
): string | null {
  const { attention } = store.live
  switch (action.kind) {
    case 'mark':
      abilities.mark?.(action.text)
      return abilities.mark ? 'mark set' : 'no recording to mark'
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
