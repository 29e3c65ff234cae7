import { createHash } from 'node:crypto'
import { readFile, stat } from 'node:fs/promises'
import { join } from 'node:path'
import { z } from 'zod'
import { JOURNAL_FILE, type JournalEntry } from '../readings/recording-layout.js'
import { JOURNAL_ENTRY } from './journal-entry.js'
import { unreadable } from './manifest-file.js'

/** What the sums of a journal begin with. */
export const FIRST_SUM = ''
/** A line of five parts takes 1.3 kB, one of 4,096 parts 1.1 MB. */
const MAX_LINE_LENGTH = 2 * 1024 * 1024
const MAX_PROBLEM_LENGTH = 200
/** JavaScript holds no longer text than 512 MiB; two weeks of one flush a second. */
const MAX_JOURNAL_BYTES = 500 * 1024 * 1024

export interface Journal {
  readonly entries: readonly JournalEntry[]
  /** The sum of the last good line; the next line is chained to it. */
  readonly sum: string
  /** The sum of each good line. */
  readonly sums: readonly string[]
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
  const sums: string[] = []
  let sum = FIRST_SUM
  let start = 0
  let goodBytes = 0
  while (start < text.length) {
    const end = text.indexOf('\n', start)
    const line = text.slice(start, end < 0 ? text.length : end)
    const parsed = parseLine(line, sum)
    if ('problem' in parsed || end < 0) {
      // A writer that dies leaves the beginning of a line; a whole line with a wrong end is a flipped bit.
      const torn = end < 0 && 'problem' in parseLine(line.slice(0, -1), sum)
      const problem = 'problem' in parsed ? parsed.problem : 'is damaged'
      return { entries, sum, sums, goodBytes, torn, damage: torn ? null : `line ${entries.length + 1} of the journal ${problem}` }
    }
    entries.push(parsed.entry)
    sum = parsed.sum
    sums.push(sum)
    goodBytes += Buffer.byteLength(line) + 1
    start = end + 1
  }
  return { entries, sum, sums, goodBytes, torn: false, damage: null }
}

/**
 * How many lines of the journal there were when a recording ended; null where it never was like that. A journal that was written anew
 * since says where it had been.
 */
export function linesAt(end: { readonly lines: number; readonly sum: string }, { entries, sums }: Journal): number | null {
  if (end.sum === (end.lines === 0 ? FIRST_SUM : sums[end.lines - 1])) return end.lines
  const line = entries.findIndex(({ checkpoint }) => checkpoint?.lines === end.lines && checkpoint.sum === end.sum)
  return line < 0 ? null : line + 1
}

/** The journal of a folder; an empty one where there is none yet. @throws Fault RECORDING_UNREADABLE where it is larger than a text may be. */
export async function readJournal(folder: string): Promise<Journal> {
  const path = join(folder, JOURNAL_FILE)
  try {
    if ((await stat(path)).size > MAX_JOURNAL_BYTES) throw unreadable(folder, `${JOURNAL_FILE} is larger than ${MAX_JOURNAL_BYTES} bytes`)
    return parseJournal(await readFile(path, 'utf8'))
  } catch (thrown) {
    if ((thrown as NodeJS.ErrnoException).code === 'ENOENT') return parseJournal('')
    throw thrown
  }
}

/** A sum anybody can make: it shows damage, not intent. What a line says has to make sense as well. */
function parseLine(line: string, previousSum: string): { entry: JournalEntry; sum: string } | { problem: string } {
  const written = honestLine(line, previousSum)
  if (written === undefined) return { problem: 'is damaged' }
  // What the schema returns is not used, because it orders the keys anew and the sum minds.
  const checked = JOURNAL_ENTRY.safeParse(written.entry)
  if (checked.success) return written
  return {
    problem: `does not make sense: ${z
      .prettifyError(checked.error)
      .replaceAll(/\s*\n\s*/g, ' ')
      .slice(0, MAX_PROBLEM_LENGTH)}`,
  }
}

function honestLine(line: string, previousSum: string): { entry: JournalEntry; sum: string } | undefined {
  if (line.length > MAX_LINE_LENGTH) return undefined
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
