import type { KeyPress } from '../../keys/key-press.js'
import { typedFilter } from '../typed-filter.js'
import type { PaneMoment, ViewKey, ViewOutcome } from '../view.js'
import { logRows } from './log-rows.js'
import { LONGEST_FILTER, type LogState } from './log-state.js'

type Outcome = ViewOutcome<LogState>

function goBack(state: LogState, { picture, size }: PaneMoment, by: number): Outcome {
  const most = Math.max(0, logRows(picture, state, size.columns).length - size.rows)
  return { state: { ...state, back: Math.max(0, Math.min(most, state.back + by)) } }
}

const step = (press: readonly string[], shown: string, does: string, by: (page: number) => number): ViewKey<LogState> => {
  return { press, shown, does, act: (state, at) => goBack(state, at, by(at.size.rows)) }
}

export const LOG_KEYS: readonly ViewKey<LogState>[] = [
  {
    press: ['/'],
    shown: '/',
    does: 'filter: words that must be found, -word must not; Enter keeps it, Esc clears it',
    hint: 'filter',
    act: (state) => ({ state: { ...state, mode: 'filter' } }),
  },
  {
    press: ['w'],
    shown: 'w',
    does: 'warnings only, and everything again',
    hint: 'warnings',
    act: (state) => ({ state: { ...state, shows: state.shows === 'all' ? 'warnings' : 'all', back: 0 } }),
  },
  { press: ['escape'], shown: 'Esc', does: 'clear the filter', act: (state) => ({ state: { ...state, filter: '', back: 0 } }) },
  step(['up', 'k'], '↑  k', 'back', () => 1),
  step(['down', 'j'], '↓  j', 'forth', () => -1),
  step(['page-up'], 'PgUp', 'a page back', (page) => Math.max(1, page - 1)),
  step(['page-down'], 'PgDn', 'a page forth', (page) => -Math.max(1, page - 1)),
  step(['home', 'g'], 'Home  g', 'the oldest', () => Number.POSITIVE_INFINITY),
  step(['end', 'G'], 'End  G', 'the newest, and follow it', () => Number.NEGATIVE_INFINITY),
]

/** Every key while a filter is typed. */
export function typeLogFilter(state: LogState): ((key: KeyPress, at: PaneMoment) => Outcome) | undefined {
  if (state.mode !== 'filter') return undefined
  return (key) => ({
    state: typedFilter(state, key, {
      longest: LONGEST_FILTER,
      change: (filter) => ({ ...state, filter, back: 0 }),
      done: (filter) => ({ ...state, filter, mode: 'read', back: filter === '' ? 0 : state.back }),
    }),
  })
}
