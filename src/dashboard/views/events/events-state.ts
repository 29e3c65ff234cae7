import { FIRST_CHOICE, type ListChoice, restoreChoice } from '../list-choice.js'
import type { Prompt } from '../prompt.js'
import type { Shows } from './event-lines.js'

/** The cursor is on the `id` of a line. */
export interface EventsState extends ListChoice<string> {
  readonly shows: Shows
  /** For how long, then why, an alarm is shelved; null while nobody is asked. */
  readonly prompt: ShelfPrompt | null
}

export type ShelfPrompt = Prompt<'shelve-for' | 'shelve-because'>

export const FIRST_EVENTS: EventsState = { ...FIRST_CHOICE, shows: 'all', prompt: null }

export const SHOWS: readonly Shows[] = ['all', 'alarms', 'events']

export function restoreEvents(saved: unknown): EventsState {
  const shows = (saved as { readonly shows?: unknown } | null)?.shows
  return { ...FIRST_EVENTS, ...restoreChoice(saved), shows: SHOWS.find((known) => known === shows) ?? 'all' }
}
