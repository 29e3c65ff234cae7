import type { PartEntry, PartRange } from '../readings/recording-layout.js'
import { numberOfPart } from './live-parts.js'

/**
 * Some of the parts of a recording as few ranges, for the journal.
 * @param live  all parts there are: a range may not reach over one that stays.
 */
export function rangesOf(gone: readonly PartEntry[], live: readonly PartEntry[]): PartRange[] {
  const going = new Set(gone.map(({ name }) => name))
  const ranges: PartRange[] = []
  const sorted = live.toSorted((a, b) => a.table.localeCompare(b.table) || numberOfPart(a) - numberOfPart(b))
  let open: { table: PartEntry['table']; from: number; to: number } | null = null
  for (const part of sorted) {
    const number = numberOfPart(part)
    if (open !== null && going.has(part.name) && open.table === part.table) open.to = number
    else {
      if (open !== null) ranges.push(open)
      open = going.has(part.name) ? { table: part.table, from: number, to: number } : null
    }
  }
  return open === null ? ranges : [...ranges, open]
}
