import { displayWidth } from '../../output/display-width.js'
import type { Row, Span } from '../rows/style.js'

/** A key and few words for what it does. */
export interface KeyHint {
  /** As the help shows it; the first of several names is enough here. */
  readonly shown: string
  readonly hint: string
  /** What gives way first where room is short: the highest. */
  readonly rank: number
}

/** Before and behind the words: the wider the line, the more air. */
const AIRS = [
  { before: ' ', behind: '  ' },
  { before: ' ', behind: ' ' },
  { before: '', behind: ' ' },
] as const

/** Hints that fit the columns, each of them whole: first with less air between them, then without those that matter least. */
export function keyHints(hints: readonly KeyHint[], columns: number): Row {
  for (const air of AIRS) if (widthOf(hints, air) <= columns) return spansOf(hints, air)
  const [, , tight] = AIRS
  let kept = hints
  while (kept.length > 0 && widthOf(kept, tight) > columns) {
    const least = Math.max(...kept.map(({ rank }) => rank))
    const last = kept.findLastIndex(({ rank }) => rank === least)
    kept = kept.filter((_, index) => index !== last)
  }
  return spansOf(kept, AIRS.find((air) => widthOf(kept, air) <= columns) ?? tight)
}

type Air = (typeof AIRS)[number]

function spansOf(hints: readonly KeyHint[], { before, behind }: Air): readonly Span[] {
  return hints.flatMap(({ shown, hint }): readonly Span[] => [
    { text: ` ${firstName(shown)} `, style: { field: 'reverse' } },
    { text: `${before}${hint}${behind}`, style: { colour: 'grey' } },
  ])
}

function widthOf(hints: readonly KeyHint[], air: Air): number {
  return spansOf(hints, air).reduce((width, { text }) => width + displayWidth(text), 0)
}

function firstName(shown: string): string {
  return shown.split('  ')[0] ?? shown
}
