import type { KeyPress } from '../../keys/key-press.js'
import { changePane } from '../../panes/edit-panes.js'
import { editLayout } from '../../panes/layout-past.js'
import { fitRow, ruleRow } from '../../rows/fit-row.js'
import type { Row } from '../../rows/style.js'
import { VIEWS, viewById } from '../../views/registry.js'
import type { View } from '../../views/view.js'
import type { DashboardState } from '../dashboard-state.js'
import { fuzzyScore } from '../fuzzy-score.js'
import type { ScreenOutcome } from '../screen-outcome.js'
import { ARRANGE, type LayoutOver } from './layout-over.js'

type Picking = Extract<LayoutOver, { readonly step: 'view' }>

/** Views that fit what is typed, the best first. */
function viewsFor(text: string): readonly View[] {
  const scored = VIEWS.flatMap((view) => {
    const score = fuzzyScore(text, `${view.id} ${view.title}`)
    return score === null ? [] : [{ view, score }]
  })
  return (text === '' ? scored : scored.toSorted((a, b) => b.score - a.score)).map(({ view }) => view)
}

/** The list of views over the panes. */
export function viewList(over: Picking, size: { readonly columns: number; readonly rows: number }): readonly Row[] {
  const views = viewsFor(over.text)
  const visible = Math.max(1, Math.min(size.rows - 1, views.length))
  const top = Math.max(0, Math.min(over.chosen - visible + 1, views.length - visible))
  const title: Row = [{ text: ` view for this pane  ${over.text}▏`, style: { weight: 'bold' } }]
  const rows = views.slice(top, top + visible).map(({ id, about }, index): Row => {
    const isChosen = top + index === over.chosen
    const row: Row = [
      { text: isChosen ? ' ▸ ' : '   ', style: { colour: 'cyan', weight: 'bold' } },
      { text: id.padEnd(15), ...(isChosen ? { style: { field: 'reverse' } as const } : {}) },
      { text: `  ${about}`, style: { colour: 'grey' } },
    ]
    return fitRow(row, size.columns)
  })
  return [ruleRow(title, size.columns), ...rows]
}

export function reducePickKey(screen: DashboardState, over: Picking, key: KeyPress): ScreenOutcome {
  const views = viewsFor(over.text)
  const to = (chosen: number, text = over.text): ScreenOutcome => {
    return { screen: { ...screen, over: { ...over, text, chosen: Math.max(0, Math.min(viewsFor(text).length - 1, chosen)) } } }
  }
  switch (key.name) {
    case 'up':
      return to(over.chosen - 1)
    case 'down':
    case 'tab':
      return to(over.chosen + 1)
    case 'text':
      return 'text' in key ? to(0, (over.text + key.text).slice(0, LONGEST)) : { screen }
    case 'backspace':
      return to(0, [...over.text].slice(0, -1).join(''))
    case 'escape':
      return { screen: { ...screen, over: ARRANGE } }
    case 'enter': {
      const view = views[over.chosen]
      if (!view) return { screen }
      const state = viewById(view.id).first()
      const layout = changePane(screen.layout, screen.layout.focus, { view: view.id, state })
      return { screen: { ...screen, ...editLayout(screen, layout), over: ARRANGE } }
    }
    default:
      return { screen }
  }
}

const LONGEST = 40
