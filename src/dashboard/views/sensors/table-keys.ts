import type { KeyPress } from '../../keys/key-press.js'
import { LIST_STEPS, moveChoice } from '../list-choice.js'
import { typedFilter } from '../typed-filter.js'
import type { PaneMoment, ViewKey, ViewOutcome } from '../view.js'
import { lineKey, sensorLines } from './sensor-lines.js'
import { LONGEST_FILTER, type SensorsState, SORT_ORDERS } from './sensors-state.js'

/** Rows of a pane that hold no sensor: the column names. */
export const HEAD_ROWS = 1

/** The cursor `step` lines further: onto a sensor, which is selected by that, or onto an asset. */
function move(state: SensorsState, at: PaneMoment, step: number): ViewOutcome<SensorsState> {
  const lines = sensorLines(at.picture, state)
  const order = lines.map((line) => lineKey(at.picture, line))
  const { selected } = at.picture.screen
  const cursor = state.onAsset === null ? `sensor ${selected}` : `asset ${state.onAsset}`
  const next = moveChoice({ cursor, top: state.top }, order, step).cursor
  const line = lines[order.indexOf(next)]
  if (!line) return { state }
  if (line.kind === 'asset') return { state: { ...state, onAsset: line.asset } }
  const key = at.picture.live.sensors[line.row]?.key
  return { state: { ...state, onAsset: null }, ...(key === undefined ? {} : { selected: key }) }
}

function fold(state: SensorsState, wanted: 'folded' | 'open' | 'other'): ViewOutcome<SensorsState> {
  const { onAsset, folded } = state
  if (onAsset === null) return { state }
  const others = folded.filter((asset) => asset !== onAsset)
  const isFolded = others.length < folded.length
  const folds = wanted === 'folded' || (wanted === 'other' && !isFolded)
  return { state: { ...state, folded: folds ? [...others, onAsset] : others } }
}

export const TABLE_KEYS: readonly ViewKey<SensorsState>[] = [
  {
    press: ['/'],
    shown: '/',
    does: 'filter: words that must be found, unit:mm/s, quality:bad, value>5, -word; Enter keeps it, Esc clears it',
    hint: 'filter',
    act: (state) => ({ state: { ...state, mode: 'filter' } }),
  },
  {
    press: ['s'],
    shown: 's',
    does: 'sort by site order, name, value, quality or age',
    hint: 'sort',
    act: (state) => {
      const at = SORT_ORDERS.findIndex((order) => order === state.sort)
      return { state: { ...state, sort: SORT_ORDERS[(at + 1) % SORT_ORDERS.length] ?? 'site', direction: 'natural' } }
    },
  },
  {
    press: ['S'],
    shown: 'S',
    does: 'sort the other way round',
    act: (state) => ({ state: { ...state, direction: state.direction === 'natural' ? 'reversed' : 'natural' } }),
  },
  {
    press: ['t'],
    shown: 't',
    does: 'sensors under their assets, and flat again',
    hint: 'tree',
    act: (state) => ({ state: { ...state, arrangement: state.arrangement === 'flat' ? 'tree' : 'flat', onAsset: null } }),
  },
  { press: ['left'], shown: '←', does: 'fold the asset', act: (state) => fold(state, 'folded') },
  { press: ['right'], shown: '→', does: 'unfold the asset', act: (state) => fold(state, 'open') },
  {
    press: ['enter'],
    shown: 'Enter',
    does: 'all that is known of the sensor; on an asset: fold or unfold it',
    act: (state) => (state.onAsset === null ? { state, action: { kind: 'show', view: 'detail' } } : fold(state, 'other')),
  },
  {
    press: ['c'],
    shown: 'c',
    does: 'choose, order and sort columns',
    hint: 'columns',
    act: (state) => ({ state: { ...state, mode: 'columns' } }),
  },
  { press: ['escape'], shown: 'Esc', does: 'clear the filter', act: (state) => ({ state: { ...state, filter: '', top: 0 } }) },
  ...LIST_STEPS.map(({ press, shown, does, step }): ViewKey<SensorsState> => {
    return { press, shown, does, act: (state, at) => move(state, at, step(at.size.rows - HEAD_ROWS)) }
  }),
]

/** Every key while a filter is typed. */
export function typeFilter(state: SensorsState, key: KeyPress): ViewOutcome<SensorsState> {
  return {
    state: typedFilter(state, key, {
      longest: LONGEST_FILTER,
      change: (filter) => ({ ...state, filter, top: 0 }),
      done: (filter) => ({ ...state, filter, mode: 'table', top: filter === '' ? 0 : state.top }),
    }),
  }
}
