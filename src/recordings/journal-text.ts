import { createHash } from 'node:crypto'
import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { JOURNAL_FILE, type JournalEntry } from '../readings/recording-layout.js'

/** What the sums of a journal begin with. */
export const FIRST_SUM = ''

export interface Journal {
  readonly entries: readonly JournalEntry[]
  /** The sum of the last good line; the next line is chained to it. */
  readonly sum: string
  /** Bytes up to the end of the last good line. */
  readonly goodBytes: number
  /** A last line that the writer had not finished when it died. */
  readonly torn: boolean
  /** Why reading stopped before the end, where that is damage and not a torn tail. */
  readonly damage: string | null
}

/** One line with its sum, chained to the line before so that a changed, missing or swapped line shows. */
export function formatJournalLine(entry: JournalEntry, previousSum: string): { readonly line: string; readonly sum: string } {
  const sum = sumOf(JSON.stringify(entry), previousSum)
  return { line: `${JSON.stringify({ ...entry, sum })}\n`, sum }
}

/** Reads a journal up to the first line that is not right. Never throws. */
export function parseJournal(text: string): Journal {
  const entries: JournalEntry[] = []
  let sum = FIRST_SUM
  let start = 0
  let goodBytes = 0
  while (start < text.length) {
    const end = text.indexOf('\n', start)
    const line = text.slice(start, end < 0 ? text.length : end)
    const parsed = parseLine(line, sum)
    if (parsed === undefined || end < 0) {
      // A writer that dies leaves the beginning of a line; a whole line with a wrong end is a flipped bit.
      const torn = end < 0 && parseLine(line.slice(0, -1), sum) === undefined
      return { entries, sum, goodBytes, torn, damage: torn ? null : `line ${entries.length + 1} of the journal is damaged` }
    }
    entries.push(parsed.entry)
    sum = parsed.sum
    goodBytes += Buffer.byteLength(line) + 1
    start = end + 1
  }
  return { entries, sum, goodBytes, torn: false, damage: null }
}

/** The journal of a folder; an empty one where there is none yet. */
export async function readJournal(folder: string): Promise<Journal> {
  try {
    return parseJournal(await readFile(join(folder, JOURNAL_FILE), 'utf8'))
  } catch (thrown) {
    if ((thrown as NodeJS.ErrnoException).code === 'ENOENT') return parseJournal('')
    throw thrown
  }
}

function parseLine(line: string, previousSum: string): { entry: JournalEntry; sum: string } | undefined {
  try {
    const { sum, ...entry } = JSON.parse(line) as JournalEntry & { sum: string }
    const honest = JSON.stringify({ ...entry, sum }) === line && sumOf(JSON.stringify(entry), previousSum) === sum
    return honest ? { entry, sum } : undefined
  } catch {
    return undefined
  }
}

function sumOf(text: string, previousSum: string): string {
  return createHash('sha256').update(previousSum).update(text).digest('hex').slice(0, 32)
}
