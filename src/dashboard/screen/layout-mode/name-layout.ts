import { terminalSafe } from '../../../output/terminal-safe.js'
import type { KeyPress } from '../../keys/key-press.js'
import { isLayoutName, LONGEST_LAYOUT_NAME } from '../../panes/layout-name.js'
import { saveLayout } from '../../panes/saved-layout.js'
import { spreadRow } from '../../rows/fit-row.js'
import type { Row } from '../../rows/style.js'
import type { DashboardState } from '../dashboard-state.js'
import type { ScreenOutcome } from '../screen-outcome.js'
import { ARRANGE, type LayoutOver, type LayoutPlace } from './layout-over.js'

type Naming = Extract<LayoutOver, { readonly step: 'name' }>

const WHERE: Readonly<Record<LayoutPlace, string>> = { user: 'for yourself', site: 'in the site file' }

/** The last row while a name is typed. */
export function nameLine({ text, into }: Naming, columns: number): Row {
  const typed: Row = [
    { text: ` save ${WHERE[into]} as: `, style: { colour: 'grey' } },
    { text: terminalSafe(text, { maxWidth: Math.max(4, columns - 40) }), style: { weight: 'bold' } },
    { text: '▏', style: { colour: 'cyan' } },
  ]
  return spreadRow(typed, columns < 70 ? [] : [{ text: 'Enter saves  Esc back ', style: { colour: 'grey' } }], columns)
}

export function reduceNameKey(screen: DashboardState, over: Naming, key: KeyPress): ScreenOutcome {
  const type = (text: string): ScreenOutcome => ({ screen: { ...screen, over: { ...over, text } } })
  switch (key.name) {
    case 'text':
      return 'text' in key ? type((over.text + key.text).slice(0, LONGEST_LAYOUT_NAME)) : { screen }
    case 'backspace':
      return type([...over.text].slice(0, -1).join(''))
    case 'escape':
      return { screen: { ...screen, over: ARRANGE } }
    case 'enter':
      return saved(screen, over.text.trim(), over.into)
    default:
      return { screen }
  }
}

/** What saving under a name does; the person is told where a name cannot be one. */
export function saved(screen: DashboardState, name: string, into: LayoutPlace): ScreenOutcome {
  if (!isLayoutName(name)) return { screen, action: { kind: 'say', text: 'a name is letters, digits, blanks, . _ -' } }
  return { screen: { ...screen, over: null }, action: { kind: 'save-layout', file: saveLayout(name, screen.layout), into } }
}
