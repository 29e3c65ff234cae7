import type { KeyPress } from '../keys/key-press.js'

/** For the key line meanwhile. */
export const FILTER_HINTS = [
  ['Enter', 'keep the filter'],
  ['Esc', 'clear it'],
  ['Ctrl-C', 'quit'],
] as const

/** What a key makes of a filter that is typed: Enter keeps it, Esc clears it; the same object where the key means nothing. */
export function typedFilter<State extends { readonly filter: string }>(
  state: State,
  key: KeyPress,
  how: { readonly longest: number; readonly change: (filter: string) => State; readonly done: (filter: string) => State },
): State {
  switch (key.name) {
    case 'text':
      return 'text' in key ? how.change((state.filter + key.text).slice(0, how.longest)) : state
    case 'backspace':
      return how.change([...state.filter].slice(0, -1).join(''))
    case 'escape':
      return how.done('')
    case 'enter':
      return how.done(state.filter)
    default:
      return state
  }
}
