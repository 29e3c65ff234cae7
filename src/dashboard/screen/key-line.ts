import { terminalSafe } from '../../output/terminal-safe.js'
import { paneOf } from '../panes/pane-tree.js'
import type { Picture } from '../picture.js'
import { fitRow, spreadRow } from '../rows/fit-row.js'
import type { Row, Span } from '../rows/style.js'
import { viewOf } from '../views/registry.js'
import { SCREEN_KEYS } from './screen-keys.js'

const FIRST = 3

/** The last row: what the keys do here, out of the key tables. */
export function keyLine(picture: Picture, columns: number): Row {
  const { notice, screen } = picture
  const pane = paneOf(screen.layout)
  const everywhere = SCREEN_KEYS.filter(({ hint, isWorthAHint }) => hint !== undefined && (isWorthAHint?.(picture) ?? true))
  const here = (pane ? viewOf(pane).keys : []).filter(({ hint }) => hint !== undefined)
  const hints = [...everywhere.slice(0, FIRST), ...here, ...everywhere.slice(FIRST)]
  const spans: Span[] = hints.flatMap(({ shown, hint }) => [
    { text: ` ${shown} `, style: { field: 'reverse' } as const },
    { text: ` ${hint ?? ''}  `, style: { colour: 'grey' } as const },
  ])
  if (notice === null) return fitRow(spans, columns)
  return spreadRow(spans, [{ text: ` ${terminalSafe(notice, { maxWidth: 40 })} `, style: { colour: 'green', weight: 'bold' } }], columns)
}
