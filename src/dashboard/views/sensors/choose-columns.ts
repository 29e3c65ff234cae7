import { type KeyPress, nameOf } from '../../keys/key-press.js'
import type { Picture } from '../../picture.js'
import type { PaneMoment, ViewOutcome } from '../view.js'
import { COLUMN_IDS, type ColumnId } from './column.js'
import { fitColumns } from './fit-columns.js'
import type { SensorsState } from './sensors-state.js'

/** For the line over the list; the keys of `chooseColumns`. */
export const COLUMN_KEYS = '↑↓ choose  space show or hide  ←→ move  s sort  S turn  r as it was  Esc done'

/** For the key line meanwhile; the line over the list tells all. */
export const COLUMN_HINTS = [
  ['Esc', 'done'],
  ['↑↓', 'choose'],
  ['space', 'show or hide'],
  ['←→', 'move'],
  ['s', 'sort'],
  ['Ctrl-C', 'quit'],
] as const

/** Every column: those that are shown first and in their order. */
export function columnsToChoose(
  picture: Picture,
  state: SensorsState,
  width: number,
): { readonly shown: readonly ColumnId[]; readonly all: readonly ColumnId[] } {
  const shown = state.columns ?? fitColumns(null, width, picture.live).map(({ column }) => column.id)
  return { shown, all: [...shown, ...COLUMN_IDS.filter((id) => !shown.includes(id))] }
}

/** Every key while columns are chosen. */
export function chooseColumns(state: SensorsState, key: KeyPress, { picture, size }: PaneMoment): ViewOutcome<SensorsState> {
  const { shown, all } = columnsToChoose(picture, state, size.columns)
  switch (nameOf(key)) {
    case 'up':
    case 'k':
      return { state: step(state, all, -1) }
    case 'down':
    case 'j':
      return { state: step(state, all, 1) }
    case 'home':
      return { state: step(state, all, -all.length) }
    case 'end':
      return { state: step(state, all, all.length) }
    case ' ':
      return { state: toggle(state, shown) }
    case 'left':
      return { state: swap(state, shown, -1) }
    case 'right':
      return { state: swap(state, shown, 1) }
    case 's':
      return { state: { ...state, sort: state.atColumn, direction: 'natural' } }
    case 'S':
      return { state: { ...state, direction: state.direction === 'natural' ? 'reversed' : 'natural' } }
    case 'r':
      return { state: { ...state, columns: null, sort: 'site', direction: 'natural' } }
    default:
      return { state: ENDS.has(nameOf(key)) ? { ...state, mode: 'table' } : state }
  }
}

const ENDS = new Set(['enter', 'escape', 'c', 'q'])

function step(state: SensorsState, all: readonly ColumnId[], by: number): SensorsState {
  const next = Math.max(0, Math.min(all.length - 1, all.indexOf(state.atColumn) + by))
  return { ...state, atColumn: all[next] ?? state.atColumn }
}

/** The last column stays. */
function toggle(state: SensorsState, shown: readonly ColumnId[]): SensorsState {
  const columns = shown.includes(state.atColumn) ? shown.filter((id) => id !== state.atColumn) : [...shown, state.atColumn]
  return columns.length === 0 ? state : { ...state, columns }
}

function swap(state: SensorsState, shown: readonly ColumnId[], by: 1 | -1): SensorsState {
  const place = shown.indexOf(state.atColumn)
  const other = shown[place + by]
  return place < 0 || other === undefined ? state : { ...state, columns: shown.with(place, other).with(place + by, state.atColumn) }
}
