import { createHash } from 'node:crypto'
import { createReadStream } from 'node:fs'
import { join } from 'node:path'
import { z } from 'zod'
import { JOURNAL_FILE, type JournalEntry } from '../readings/recording-layout.js'
import { condensed } from './condensed-journal.js'
import { JOURNAL_ENTRY } from './journal-entry.js'

/** What the sums of a journal begin with. */
export const FIRST_SUM = ''
/** A line of five parts takes 1.3 kB, one of 4,096 parts 1.1 MB. */
const MAX_LINE_BYTES = 2 * 1024 * 1024
const NEWLINE = 0x0a
const PIECE_BYTES = 256 * 1024
/** Of a longer journal the older half is held as what it comes to. A day of one flush a second is 86,400. */
const MAX_HELD_ENTRIES = 20_000
/** Of lines that are no longer held one by one. */
const UNKNOWN_SUM = 'unknown'
const MAX_PROBLEM_LENGTH = 200
export interface Journal {
  /** Line by line; the older half of a very long one in few entries that say the same. */
  readonly entries: readonly JournalEntry[]
  /** Good lines there are. */
  readonly lines: number
  /** The sum of the last good line; the next line is chained to it. */
  readonly sum: string
  /** The sum of the line of each entry. */
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
  const scan = journalScan()
  const bytes = Buffer.from(text)
  let start = 0
  for (let end = bytes.indexOf(NEWLINE); end >= 0; end = bytes.indexOf(NEWLINE, start)) {
    if (!scan.take(bytes.subarray(start, end))) return scan.end()
    start = end + 1
  }
  return scan.end(bytes.subarray(start))
}

/**
 * How many of the entries there were when a recording ended; null where it never was like that. A journal that was written anew
 * since says where it had been.
 */
export function linesAt(end: { readonly lines: number; readonly sum: string }, { entries, sums, lines }: Journal): number | null {
  const held = end.lines - lines + entries.length
  if (end.sum === (end.lines === 0 ? FIRST_SUM : sums[held - 1])) return held
  const line = entries.findIndex(({ checkpoint }) => checkpoint?.lines === end.lines && checkpoint.sum === end.sum)
  return line < 0 ? null : line + 1
}

/** The journal of a folder, read a piece at a time; an empty one where there is none yet. */
export async function readJournal(folder: string): Promise<Journal> {
  const scan = journalScan()
  let rest: Buffer = Buffer.alloc(0)
  try {
    for await (const piece of createReadStream(join(folder, JOURNAL_FILE), { highWaterMark: PIECE_BYTES })) {
      const bytes: Buffer = Buffer.concat([rest, piece as Buffer])
      let start = 0
      for (let end = bytes.indexOf(NEWLINE, rest.length); end >= 0; end = bytes.indexOf(NEWLINE, start)) {
        if (!scan.take(bytes.subarray(start, end))) return scan.end()
        start = end + 1
      }
      rest = bytes.subarray(start)
      if (rest.length > MAX_LINE_BYTES) {
        scan.take(rest)
        return scan.end()
      }
    }
  } catch (thrown) {
    if ((thrown as NodeJS.ErrnoException).code !== 'ENOENT') throw thrown
  }
  return scan.end(rest)
}

interface JournalScan {
  /** The next whole line, without its end. @returns whether it is worth going on. */
  take(line: Buffer): boolean
  /** @param rest  what comes after the last whole line. */
  end(rest?: Buffer): Journal
}

/** Goes through the lines one by one and holds what is live and the last of them. */
function journalScan(): JournalScan {
  let entries: JournalEntry[] = []
  let sums: string[] = []
  const found = { lines: 0, sum: FIRST_SUM, goodBytes: 0, damage: null as string | null }
  const damaged = (problem: string) => `line ${found.lines + 1} of the journal ${problem}`
  return {
    take(line) {
      const parsed = parseLine(line.toString('utf8'), found.sum)
      if ('problem' in parsed) {
        found.damage = damaged(parsed.problem)
        return false
      }
      entries.push(parsed.entry)
      sums.push(parsed.sum)
      found.sum = parsed.sum
      found.lines++
      found.goodBytes += line.length + 1
      if (entries.length < MAX_HELD_ENTRIES) return true
      const old = condensed(entries.slice(0, MAX_HELD_ENTRIES / 2))
      entries = [...old, ...entries.slice(MAX_HELD_ENTRIES / 2)]
      sums = [...old.map(() => UNKNOWN_SUM), ...sums.slice(MAX_HELD_ENTRIES / 2)]
      return true
    },
    end(rest) {
      if (rest === undefined || rest.length === 0) return { ...found, entries, sums, torn: false }
      // A writer that dies leaves the beginning of a line; a whole line with a wrong end is a flipped bit.
      const line = rest.toString('utf8')
      const torn = 'problem' in parseLine(line.slice(0, -1), found.sum)
      const parsed = parseLine(line, found.sum)
      return { ...found, entries, sums, torn, damage: torn ? null : damaged('problem' in parsed ? parsed.problem : 'is damaged') }
    },
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
  if (line.length > MAX_LINE_BYTES) return undefined
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
