import type { KeyPress } from '../keys/key-press.js'
import { focusPane } from '../panes/edit-panes.js'
import { plainRow } from '../rows/style.js'
import type { TerminalReport } from '../terminal/terminal-report.js'
import type { Frame } from './compose-frame.js'
import type { DashboardState } from './dashboard-state.js'
import { reduceKey } from './reduce-key.js'
import type { ScreenOutcome } from './screen-outcome.js'

type MousePress = Extract<TerminalReport, { readonly kind: 'mouse' }>

const WHEEL_ROWS = 3
/** How every list marks the row with its cursor. */
const CURSOR = /^ ?▸/

/**
 * What the mouse does, in the words of the keyboard, so that it can do nothing that keys cannot: a click focuses a pane, on a row of a list moves the
 * cursor there, the wheel moves it by some rows.
 */
export function reduceMouse(screen: DashboardState, press: MousePress, frame: Frame): ScreenOutcome {
  if (screen.over !== null) return wheel(screen, press, frame)
  const row = press.row - frame.bodyTop
  const place = frame.placed.find(({ rect }) => isWithin(press.column, rect.column, rect.columns) && isWithin(row, rect.row, rect.rows))
  if (!place) return { screen }
  const focused = { ...screen, layout: focusPane(screen.layout, place.pane.id) }
  if (press.press !== 'left') return wheel(focused, press, frame)
  const rowsOfPane = frame.rows.slice(frame.bodyTop + place.rect.row + 1, frame.bodyTop + place.rect.row + place.rect.rows)
  const cursor = rowsOfPane.findIndex((line) => CURSOR.test(plainRow(line).slice(place.rect.column)))
  const clicked = row - place.rect.row - 1
  if (cursor < 0 || clicked < 0) return { screen: focused }
  return pressed(focused, { name: clicked < cursor ? 'up' : 'down' }, { times: Math.abs(clicked - cursor), frame })
}

function wheel(screen: DashboardState, { press }: MousePress, frame: Frame): ScreenOutcome {
  if (press !== 'wheel-up' && press !== 'wheel-down') return { screen }
  return pressed(screen, { name: press === 'wheel-up' ? 'up' : 'down' }, { times: WHEEL_ROWS, frame })
}

function pressed(
  screen: DashboardState,
  key: KeyPress,
  { times, frame }: { readonly times: number; readonly frame: Frame },
): ScreenOutcome {
  let outcome: ScreenOutcome = { screen }
  for (let time = 0; time < times; time++) outcome = reduceKey(outcome.screen, key, frame)
  return outcome
}

function isWithin(value: number, first: number, count: number): boolean {
  return value >= first && value < first + count
}
