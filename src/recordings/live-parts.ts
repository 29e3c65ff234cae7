import { type JournalEntry, type PartEntry, type PartRange, partName } from '../readings/recording-layout.js'

/** The parts that belong to a recording after all lines of its journal, in the order in which they were written. */
export function livePartsOf(entries: readonly JournalEntry[]): PartEntry[] {
  const live = new Map<string, PartEntry>()
  for (const { parts, replaces = [] } of entries) {
    for (const range of replaces) withdraw(live, range)
    for (const part of parts) live.set(part.name, part)
  }
  return [...live.values()]
}

/** Takes the parts of a range out of those that are live; returns them. */
export function withdraw(live: Map<string, PartEntry>, { table, from, to }: PartRange): PartEntry[] {
  const gone: PartEntry[] = []
  const take = (part: PartEntry | undefined) => {
    if (part !== undefined && live.delete(part.name)) gone.push(part)
  }
  // A range comes from a file and may be of any size.
  if (to - from < live.size) for (let number = from; number <= to; number++) take(live.get(partName(table, number)))
  else for (const part of [...live.values()]) if (part.table === table && numberOfPart(part) >= from && numberOfPart(part) <= to) take(part)
  return gone
}

/** The number in the name of a part. */
export function numberOfPart({ name, table }: Pick<PartEntry, 'name' | 'table'>): number {
  return Number(name.slice(table.length + 1, -'.parquet'.length))
}
