import type { SensorKey } from '../../readings/measurement.js'
import type { KeyPress } from '../keys/key-press.js'

export const SORT_ORDERS = ['site', 'name', 'value', 'quality', 'age'] as const
export type SortOrder = (typeof SORT_ORDERS)[number]

/** What the person at the keyboard has chosen; nothing of the plant. */
export interface ViewState {
  /** By key, so that sorting and filtering do not move it; null before the first choice. */
  readonly selected: SensorKey | null
  /** First visible position of the table. */
  readonly top: number
  readonly filter: string
  readonly sort: SortOrder
  readonly mode: 'table' | 'filter' | 'help'
  readonly drawing: 'running' | 'held'
}

export type ViewAction = 'quit' | 'mark' | 'suspend' | 'redraw' | null

/** What the table held when the key was pressed. */
export interface TableFacts {
  /** Keys in the order shown. */
  readonly order: readonly SensorKey[]
  readonly visibleRows: number
}

export const FIRST_VIEW: ViewState = { selected: null, top: 0, filter: '', sort: 'site', mode: 'table', drawing: 'running' }
const LONGEST_FILTER = 80

export interface KeyOutcome {
  readonly view: ViewState
  readonly action: ViewAction
}

/** What a key does. Pure. */
export function reduceKey(view: ViewState, key: KeyPress, table: TableFacts): KeyOutcome {
  if (key.name === 'ctrl-c') return { view, action: 'quit' }
  if (key.name === 'ctrl-z') return { view, action: 'suspend' }
  if (key.name === 'ctrl-l') return { view, action: 'redraw' }
  if (view.mode === 'filter') return { view: typeFilter(view, key), action: null }
  if (view.mode === 'help' && !(key.name === 'text' && key.text === 'q')) return { view: { ...view, mode: 'table' }, action: null }
  if (key.name === 'text') return pressLetter(view, key.text, table)
  if (key.name === 'escape') return { view: { ...view, filter: '' }, action: null }
  return { view: select(view, stepOf(key, table.visibleRows), table), action: null }
}

function pressLetter(view: ViewState, letter: string, table: TableFacts): KeyOutcome {
  const stay = (changed: Partial<ViewState>): KeyOutcome => ({ view: { ...view, ...changed }, action: null })
  switch (letter) {
    case 'q':
      return { view, action: 'quit' }
    case 'm':
      return { view, action: 'mark' }
    case '?':
    case 'h':
      return stay({ mode: 'help' })
    case '/':
      return stay({ mode: 'filter' })
    case ' ':
      return stay({ drawing: view.drawing === 'running' ? 'held' : 'running' })
    case 's':
      return stay({ sort: SORT_ORDERS[(SORT_ORDERS.indexOf(view.sort) + 1) % SORT_ORDERS.length] ?? 'site' })
    case 'j':
      return { view: select(view, 1, table), action: null }
    case 'k':
      return { view: select(view, -1, table), action: null }
    case 'g':
      return { view: select(view, Number.NEGATIVE_INFINITY, table), action: null }
    case 'G':
      return { view: select(view, Number.POSITIVE_INFINITY, table), action: null }
    default:
      return { view, action: null }
  }
}

function typeFilter(view: ViewState, key: KeyPress): ViewState {
  switch (key.name) {
    case 'text':
      return { ...view, filter: (view.filter + key.text).slice(0, LONGEST_FILTER), top: 0 }
    case 'backspace':
      return { ...view, filter: [...view.filter].slice(0, -1).join(''), top: 0 }
    case 'escape':
      return { ...view, filter: '', mode: 'table', top: 0 }
    case 'enter':
      return { ...view, mode: 'table' }
    default:
      return view
  }
}

function stepOf(key: KeyPress, page: number): number {
  switch (key.name) {
    case 'up':
      return -1
    case 'down':
      return 1
    case 'page-up':
      return -Math.max(1, page - 1)
    case 'page-down':
      return Math.max(1, page - 1)
    case 'home':
      return Number.NEGATIVE_INFINITY
    case 'end':
      return Number.POSITIVE_INFINITY
    default:
      return 0
  }
}

function select(view: ViewState, step: number, table: TableFacts): ViewState {
  const last = table.order.length - 1
  if (last < 0) return view
  const position = Math.max(0, view.selected === null ? 0 : table.order.indexOf(view.selected))
  const next = Math.max(0, Math.min(last, position + step))
  return { ...view, selected: table.order[next] ?? null }
}

/** Makes the choices fit what there is: something is selected, and the selected row is visible. */
export function settleView(view: ViewState, table: TableFacts): ViewState {
  const found = view.selected === null ? 0 : table.order.indexOf(view.selected)
  const position = Math.max(0, found)
  const lowest = Math.max(0, table.order.length - table.visibleRows)
  const top = Math.min(lowest, Math.max(position - table.visibleRows + 1, Math.min(view.top, position)))
  const selected = table.order[position] ?? null
  return top === view.top && selected === view.selected ? view : { ...view, top, selected }
}
