import { fitWidth } from '../../output/display-width.js'
import { terminalSafe } from '../../output/terminal-safe.js'
import type { KeyPress } from '../keys/key-press.js'
import type { Picture } from '../picture.js'
import { fitRow, ruleRow, spreadRow } from '../rows/fit-row.js'
import type { Row } from '../rows/style.js'
import { targetsFor } from './command-targets.js'
import type { DashboardState } from './dashboard-state.js'
import type { ScreenMoment, ScreenOutcome } from './screen-outcome.js'

interface CommandOver {
  readonly kind: 'command'
  readonly text: string
  readonly chosen: number
}

const LONGEST_TEXT = 200
const MOST_LISTED = 10

/** What fits, with the chosen one marked; above the line that is typed. */
export function commandList(
  picture: Picture,
  over: CommandOver,
  size: { readonly columns: number; readonly rows: number },
): readonly Row[] {
  const targets = targetsFor(over.text, picture)
  const visible = Math.max(1, Math.min(MOST_LISTED, size.rows - 1, targets.length))
  const top = Math.max(0, Math.min(over.chosen - visible + 1, targets.length - visible))
  const nameWidth = Math.min(
    Math.floor(size.columns / 2),
    Math.max(16, ...targets.slice(top, top + visible).map(({ name }) => name.length + 1)),
  )
  const rows = targets.slice(top, top + visible).map(({ name, about }, index): Row => {
    const isChosen = top + index === over.chosen
    return fitRow(
      [
        { text: isChosen ? ' ▸ ' : '   ', style: { colour: 'cyan', weight: 'bold' } },
        { text: fitWidth(name, nameWidth), ...(isChosen ? { style: { field: 'reverse' } as const } : {}) },
        { text: `  ${about}`, style: { colour: 'grey' } },
      ],
      size.columns,
    )
  })
  const none: Row = fitRow([{ text: '   nothing fits; Esc goes back', style: { colour: 'grey' } }], size.columns)
  const title: Row = [
    { text: ` go to  ${targets.length === 0 ? '' : `${over.chosen + 1} of ${targets.length}`}`, style: { weight: 'bold' } },
  ]
  return [ruleRow(title, size.columns), ...(rows.length === 0 ? [none] : rows)]
}

/** The last row while a command is typed, with what Tab would make of it. */
export function commandLine(picture: Picture, over: CommandOver, columns: number): Row {
  const typed = terminalSafe(over.text, { maxWidth: Math.max(4, columns - 40) })
  const end: Row = columns < 70 ? [] : [{ text: '↑↓ choose  Tab completes  Enter goes  Esc back ', style: { colour: 'grey' } }]
  return spreadRow(
    [
      { text: ` :${typed}`, style: { weight: 'bold' } },
      { text: '▏', style: { colour: 'cyan' } },
      { text: terminalSafe(completionOf(picture, over), { maxWidth: columns }), style: { colour: 'grey' } },
    ],
    end,
    columns,
  )
}

/** What is still to be typed of the chosen one; the whole of it where it does not begin like that. */
function completionOf(picture: Picture, { text, chosen }: CommandOver): string {
  const target = text.trim() === '' ? undefined : targetsFor(text, picture)[chosen]
  if (!target || target.completed === text.trimEnd()) return ''
  return target.name.toLowerCase().startsWith(text.toLowerCase()) ? target.name.slice(text.length) : ` ⇥ ${target.name}`
}

export function reduceCommandKey(screen: DashboardState, over: CommandOver, key: KeyPress, at: ScreenMoment): ScreenOutcome {
  const type = (text: string): ScreenOutcome => ({
    screen: { ...screen, over: { kind: 'command', text: text.slice(0, LONGEST_TEXT), chosen: 0 } },
  })
  const step = (by: number): ScreenOutcome => {
    const last = targetsFor(over.text, at.picture).length - 1
    return { screen: { ...screen, over: { ...over, chosen: Math.max(0, Math.min(last, over.chosen + by)) } } }
  }
  switch (key.name) {
    case 'text':
      return 'text' in key ? type(over.text + key.text) : { screen }
    case 'backspace':
      return over.text === '' ? { screen: { ...screen, over: null } } : type([...over.text].slice(0, -1).join(''))
    case 'escape':
      return { screen: { ...screen, over: null } }
    case 'up':
    case 'shift-tab':
      return step(-1)
    case 'down':
      return step(1)
    case 'tab': {
      const target = targetsFor(over.text, at.picture)[over.chosen]
      return target ? type(target.completed) : { screen }
    }
    case 'enter': {
      const target = targetsFor(over.text, at.picture)[over.chosen]
      return target ? target.run({ ...screen, over: null }) : { screen }
    }
    default:
      return { screen }
  }
}
