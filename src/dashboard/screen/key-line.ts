import { terminalSafe } from '../../output/terminal-safe.js'
import { paneOf } from '../panes/pane-tree.js'
import type { Picture } from '../picture.js'
import { spreadRow, widthOf } from '../rows/fit-row.js'
import { withShortPath } from '../rows/short-path.js'
import type { Row } from '../rows/style.js'
import { stateOf, viewOf } from '../views/registry.js'
import { type KeyHint, keyHints } from './key-hints.js'
import { SCREEN_KEYS } from './screen-keys.js'

const FIRST = 3
/** What a notice leaves to the hints: the way to the help. */
const FOR_HELP = 14
/** Where room is short the ways to the help and out stay longest, then what the view can do. */
const RANKS: Readonly<Record<string, number>> = { '?': 0, q: 1 }
const HERE = 2
const EVERYWHERE = 3

/** Every letter is text then, so that none of the tables holds. */
const WHILE_TYPING = [
  ['Enter', 'go on'],
  ['Esc', 'leave it'],
  ['Ctrl-C', 'quit'],
] as const

/** The last row: what the keys do here, out of the key tables. */
export function keyLine(picture: Picture, columns: number): Row {
  const { notice } = picture
  const said: Row =
    notice === null
      ? []
      : [
          {
            text: ` ${withShortPath(terminalSafe(notice, { maxWidth: 300 }), columns - FOR_HELP)} `,
            style: { colour: 'green', weight: 'bold' },
          },
        ]
  return spreadRow(keyHints(hintsFor(picture), columns - widthOf(said)), said, columns)
}

function hintsFor(picture: Picture): readonly KeyHint[] {
  const pane = paneOf(picture.screen.layout)
  const typing = pane && viewOf(pane).typing?.(stateOf(pane))
  if (pane && typing)
    return (viewOf(pane).typingHints?.(stateOf(pane)) ?? WHILE_TYPING).map(([shown, hint], rank) => ({ shown, hint, rank }))
  const here = pane ? viewOf(pane).keys : []
  const everywhere = SCREEN_KEYS.filter(({ hint, isWorthAHint }) => hint !== undefined && (isWorthAHint?.(picture) ?? true))
  const ranked = (keys: readonly HintedKey[], rank: number): readonly KeyHint[] =>
    keys.flatMap(({ shown, hint }) => (hint === undefined ? [] : [{ shown, hint, rank: RANKS[shown] ?? rank }]))
  return [...ranked(everywhere.slice(0, FIRST), EVERYWHERE), ...ranked(here, HERE), ...ranked(everywhere.slice(FIRST), EVERYWHERE)]
}

type HintedKey = { readonly shown: string; readonly hint?: string }
