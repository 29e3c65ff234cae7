import type { JournalEntry } from '../readings/recording-layout.js'
import { condensed } from './condensed-journal.js'
import { FIRST_SUM, formatJournalLine } from './journal-text.js'

/**
 * A journal that says the same in few lines: the parts that are live, and the counts of the last line. The last of them names the line of
 * the old journal that it stands for, so that a manifest that ends there stays right.
 */
export function checkpointOf(old: { readonly entries: readonly JournalEntry[]; readonly lines: number; readonly sum: string }): {
  readonly text: string
  readonly lines: number
  readonly sum: string
} {
  const few = condensed(old.entries)
  let text = ''
  let sum = FIRST_SUM
  for (const [i, { parts, ...counts }] of few.entries()) {
    const checkpoint = i === few.length - 1 ? { checkpoint: { lines: old.lines, sum: old.sum } } : {}
    const formatted = formatJournalLine({ ...counts, parts, ...checkpoint }, sum)
    text += formatted.line
    sum = formatted.sum
  }
  return { text, lines: few.length, sum }
}
