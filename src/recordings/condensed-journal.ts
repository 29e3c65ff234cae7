import type { JournalEntry, PartEntry } from '../readings/recording-layout.js'
import { livePartsOf } from './live-parts.js'

const PARTS_A_LINE = 1000

/** The same in few entries: the parts that are live, and the counts of the last one. Each obeys the law of conservation. */
export function condensed(entries: readonly JournalEntry[]): JournalEntry[] {
  const last = entries.at(-1)
  if (last === undefined) return []
  const live = livePartsOf(entries)
  const few: JournalEntry[] = []
  let stored = 0
  let gaps = 0
  for (let from = 0; few.length === 0 || from < live.length; from += PARTS_A_LINE) {
    const parts = live.slice(from, from + PARTS_A_LINE)
    stored += countIn(parts)
    gaps += parts.reduce((total, { table, rows }) => (table === 'gaps' ? total + rows : total), 0)
    const isLast = from + PARTS_A_LINE >= live.length
    const { flush, at } = last
    few.push(isLast ? { ...countsOf(last), parts } : { flush, at, parts, produced: stored, stored, buffered: 0, dropped: 0, gaps })
  }
  return few
}

/** What a line says of the whole recording; what it replaced is past. */
function countsOf({ flush, at, produced, stored, buffered, dropped, pruned, gaps }: JournalEntry): Omit<JournalEntry, 'parts'> {
  return { flush, at, produced, stored, buffered, dropped, ...(pruned === undefined ? {} : { pruned }), gaps }
}

function countIn(parts: readonly PartEntry[]): number {
  return parts.reduce((total, { count }) => total + count, 0)
}
