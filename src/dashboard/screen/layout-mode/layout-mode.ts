import { type KeyPress, nameOf } from '../../keys/key-press.js'
import { fitRow, widthOf } from '../../rows/fit-row.js'
import type { Row } from '../../rows/style.js'
import type { DashboardState } from '../dashboard-state.js'
import { keyHints } from '../key-hints.js'
import type { ScreenMoment, ScreenOutcome } from '../screen-outcome.js'
import { LAYOUT_KEYS } from './layout-keys.js'
import type { ArrowUse, LayoutOver } from './layout-over.js'
import { nameLine, reduceNameKey } from './name-layout.js'
import { reducePickKey, viewList } from './pick-view.js'

/** Every key while panes are arranged. */
export function reduceLayoutKey(screen: DashboardState, over: LayoutOver, key: KeyPress, at: ScreenMoment): ScreenOutcome {
  switch (over.step) {
    case 'arrange':
      return LAYOUT_KEYS.find(({ press }) => press.includes(nameOf(key)))?.act(screen, over, at) ?? { screen }
    case 'view':
      return reducePickKey(screen, over, key)
    case 'name':
      return reduceNameKey(screen, over, key)
  }
}

/** What lies over the lower panes; nothing while they are only arranged. */
export function layoutList(over: LayoutOver, size: { readonly columns: number; readonly rows: number }): readonly Row[] {
  return over.step === 'view' ? viewList(over, size) : []
}

/** The last row: what the keys do now. */
export function layoutLine(over: LayoutOver, notice: string | null, columns: number): Row {
  if (over.step === 'name') return nameLine(over, columns)
  if (over.step === 'view')
    return fitRow([{ text: ' ↑↓ choose or type  Enter shows it  Esc keeps what is there', style: { colour: 'grey' } }], columns)
  const hints = LAYOUT_KEYS.flatMap(({ shown, hint }) => (hint === undefined ? [] : [{ shown, hint, rank: RANKS[shown] ?? 1 }]))
  const said: Row = notice === null ? [] : [{ text: ` ${notice} `, style: { colour: 'green', weight: 'bold' } }]
  const start: Row = [{ text: ` ${ARROWS[over.arrows]} `, style: { colour: 'cyan', weight: 'bold' } }, ...said]
  return fitRow([...start, ...keyHints(hints, columns - widthOf(start))], columns)
}

/** Where room is short: how to leave stays longest; undo and open are in the help as well. */
const RANKS: Readonly<Record<string, number>> = { Esc: 0, u: 2, o: 3 }
const ARROWS: Readonly<Record<ArrowUse, string>> = { focus: 'ARRANGE', move: 'MOVE ←↑↓→', size: 'RESIZE ←↑↓→' }
