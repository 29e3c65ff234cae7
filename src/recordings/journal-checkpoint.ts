import type { JournalEntry, PartEntry } from '../readings/recording-layout.js'
import { FIRST_SUM, formatJournalLine } from './journal-text.js'
import { livePartsOf } from './live-parts.js'

const PARTS_A_LINE = 1000

/**
 * A journal that says the same in few lines: the parts that are live, and the counts of the last line. The last of them names the line of
 * the old journal that it stands for, so that a manifest that ends there stays right.
 */
export function checkpointOf(old: { readonly entries: readonly JournalEntry[]; readonly lines: number; readonly sum: string }): {
  readonly text: string
  readonly lines: number
  readonly sum: string
} {
  const last = old.entries.at(-1)
  if (last === undefined) return { text: '', lines: 0, sum: FIRST_SUM }
  const live = livePartsOf(old.entries)
  let text = ''
  let sum = FIRST_SUM
  let lines = 0
  let stored = 0
  let gaps = 0
  for (let from = 0; lines === 0 || from < live.length; from += PARTS_A_LINE) {
    const parts = live.slice(from, from + PARTS_A_LINE)
    stored += countIn(parts)
    gaps += parts.reduce((total, { table, rows }) => (table === 'gaps' ? total + rows : total), 0)
    const isLast = from + PARTS_A_LINE >= live.length
    const { flush, at } = last
    const entry: JournalEntry = isLast
      ? { ...countsOf(last), parts, checkpoint: { lines: old.lines, sum: old.sum } }
      : { flush, at, parts, produced: stored, stored, buffered: 0, dropped: 0, gaps }
    const formatted = formatJournalLine(entry, sum)
    text += formatted.line
    sum = formatted.sum
    lines++
  }
  return { text, lines, sum }
}

/** What a line says of the whole recording; what it replaced is past. */
function countsOf({ flush, at, produced, stored, buffered, dropped, pruned, gaps }: JournalEntry): Omit<JournalEntry, 'parts'> {
  return { flush, at, produced, stored, buffered, dropped, ...(pruned === undefined ? {} : { pruned }), gaps }
}

function countIn(parts: readonly PartEntry[]): number {
  return parts.reduce((total, { count }) => total + count, 0)
}
