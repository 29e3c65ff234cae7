import { fitWidth } from '../../output/display-width.js'
import { paneOf } from '../panes/pane-tree.js'
import type { Picture } from '../picture.js'
import { fitBlock, ruleRow } from '../rows/fit-row.js'
import type { Row } from '../rows/style.js'
import { textLines } from '../rows/text-lines.js'
import { VIEWS } from '../views/registry.js'
import type { DashboardState } from './dashboard-state.js'
import { LAYOUT_KEYS } from './layout-mode/layout-keys.js'
import { SCREEN_KEYS } from './screen-keys.js'
import type { ScreenOutcome } from './screen-outcome.js'

interface HelpOver {
  readonly kind: 'help'
  readonly top: number
}

/** Every key table and the signs, in place of the panes; the focused view's keys first. */
export function helpView(picture: Picture, size: { readonly columns: number; readonly rows: number }): readonly Row[] {
  const { over } = picture.screen
  const rows = helpRows(picture, size.columns)
  const top = over?.kind === 'help' ? Math.min(over.top, Math.max(0, rows.length - size.rows)) : 0
  return fitBlock(rows.slice(top), size)
}

function helpRows(picture: Picture, columns: number): readonly Row[] {
  const keyWidth = Math.min(16, Math.floor(columns / 3))
  const rule = (text: string): Row => ruleRow([{ text: ' ' }, { text, style: { weight: 'bold' } }], columns)
  const line = ([shown, means]: readonly [string, string]): readonly Row[] =>
    textLines(means, columns - keyWidth - 2).map((text, index): Row => {
      return [{ text: ` ${fitWidth(index === 0 ? shown : '', keyWidth)} `, style: { weight: 'bold' } }, { text }]
    })
  const table = (keys: readonly { readonly shown: string; readonly does: string }[]): readonly Row[] =>
    keys.flatMap(({ shown, does }) => line([shown, does]))
  const focused = paneOf(picture.screen.layout)?.view
  const views = VIEWS.toSorted((a, b) => Number(b.id === focused) - Number(a.id === focused)).filter(({ keys }) => keys.length > 0)
  const [here, ...others] = views.map((view) => [rule(`keys in ${view.title}`), ...table(view.keys)])
  return [
    rule('keys (↑ ↓ scroll, any other key goes back)'),
    ...table(SCREEN_KEYS),
    ...textLines(NUMBER_KEYS, columns - 2).map((text): Row => [{ text: ` ${text}`, style: { colour: 'grey' } }]),
    ...(here ?? []),
    rule('keys while panes are arranged (L)'),
    ...table(LAYOUT_KEYS),
    rule('signs'),
    ...SIGNS.flatMap(line),
    ...others.flat(),
  ]
}

export function reduceHelpKey(screen: DashboardState, over: HelpOver, key: string): ScreenOutcome {
  const step = STEPS[key]
  if (step !== undefined) return { screen: { ...screen, over: { ...over, top: Math.max(0, Math.min(LONGEST, over.top + step)) } } }
  return { screen: { ...screen, over: null } }
}

const NUMBER_KEYS =
  'A number goes to the pane that shows its view. Where none does, the pane with ▸ shows it; the same number again brings back what was there.'

const STEPS: Readonly<Record<string, number>> = { up: -1, k: -1, down: 1, j: 1, 'page-up': -10, 'page-down': 10, home: -1000, end: 1000 }
const LONGEST = 1000

const SIGNS: readonly (readonly [sign: string, means: string])[] = [
  ['HH LL', 'beyond a critical limit, high or low'],
  ['H L', 'beyond a warning limit'],
  ['—  ✗ reason', 'no value, and why; an old one is never shown in its place'],
  ['~ reason', 'a value to doubt, such as stale, out of range, uncalibrated'],
  ['age', 'since it was measured, by the source’s clock; +7s: that clock is ahead'],
]
