import type { KeyPress } from '../../keys/key-press.js'
import type { Picture } from '../../picture.js'
import type { Row } from '../../rows/style.js'
import { sensorOrder } from '../sensors/sensor-lines.js'
import { LONGEST_FILTER } from '../sensors/sensors-state.js'
import { typedFilter } from '../typed-filter.js'
import type { ViewKey, ViewOutcome } from '../view.js'

/** A widget about several sensors: those that a filter keeps, in the order of the site. */
export interface ChosenSensors {
  /** As in the table of sensors. */
  readonly filter: string
  readonly mode: 'shown' | 'filter'
  readonly top: number
}

export const FIRST_CHOSEN: ChosenSensors = { filter: '', mode: 'shown', top: 0 }

export const CHOSEN_KEYS: readonly ViewKey<ChosenSensors>[] = [
  {
    press: ['/'],
    shown: '/',
    does: 'which sensors: a filter as in the table; Enter keeps it, Esc clears it',
    hint: 'which',
    act: (state) => ({ state: { ...state, mode: 'filter' } }),
  },
  { press: ['escape'], shown: 'Esc', does: 'all sensors', act: (state) => ({ state: { ...state, filter: '', top: 0 } }) },
  { press: ['up', 'k'], shown: '↑  k', does: 'a row up', act: (state) => ({ state: { ...state, top: Math.max(0, state.top - 1) } }) },
  { press: ['down', 'j'], shown: '↓  j', does: 'a row down', act: (state) => ({ state: { ...state, top: state.top + 1 } }) },
]

export function restoreChosen(saved: unknown): ChosenSensors {
  const filter = (saved as { readonly filter?: unknown } | null)?.filter
  return { ...FIRST_CHOSEN, filter: typeof filter === 'string' ? filter.slice(0, LONGEST_FILTER) : '' }
}

export function chosenRows(picture: Picture, { filter }: ChosenSensors): readonly number[] {
  return sensorOrder(picture, { filter, sort: 'site', direction: 'natural' })
}

/** How many there are, and the filter while it is typed or holds. */
export function chosenHeading({ filter, mode }: ChosenSensors, count: number): Row {
  const shown = mode === 'filter' ? `  /${filter}▏` : filter === '' ? '' : `  /${filter}`
  return [
    { text: String(count), style: { weight: 'bold' } },
    { text: shown, style: { colour: 'cyan' } },
  ]
}

/** Every key while the filter is typed. */
export function typeChosen(state: ChosenSensors): ((key: KeyPress) => ViewOutcome<ChosenSensors>) | undefined {
  if (state.mode !== 'filter') return undefined
  return (key) => ({
    state: typedFilter(state, key, {
      longest: LONGEST_FILTER,
      change: (filter) => ({ ...state, filter, top: 0 }),
      done: (filter) => ({ ...state, filter, mode: 'shown', top: filter === '' ? 0 : state.top }),
    }),
  })
}
