import type { DuckDBConnection } from '@duckdb/node-api'
import { reasonOf } from '../faults/fault.js'
import type { JournalEntry, PartEntry } from '../readings/recording-layout.js'
import { openDuckdb } from './duckdb-session.js'
import { linesAt } from './journal-text.js'
import { withdraw } from './live-parts.js'
import { unreadable } from './manifest-file.js'
import type { RecordingPart, RecordingView } from './open-recording.js'
import { countOfRowsSql } from './part-count.js'
import { problemOfBytes } from './part-sum.js'
import { anyWasReplaced, readRecording } from './read-recording.js'
import { sqlText } from './sql-text.js'
import { problemsOfPruned } from './verify-pruned.js'

export interface RecordingVerdict {
  readonly schema: 'chatterfix/recording/1'
  readonly path: string
  readonly state: RecordingView['state']
  /** Readings and waveform blocks; produced = stored + buffered + dropped + pruned. */
  readonly produced: number
  readonly stored: number
  /** Not yet written, while it is being recorded. */
  readonly buffered: number
  /** Of an interrupted recording, with what is known to have waited when it ended. */
  readonly dropped: number
  /** Deleted on purpose by `recordings prune`; their aggregates are still there as far as they were kept. */
  readonly pruned: number
  readonly gaps: number
  readonly parts: number
  readonly bytes: number
  readonly endedBy: string | null
  readonly flushIntervalMs: number
  /** Nothing is damaged and the counts agree. An interruption is no damage. */
  readonly ok: boolean
  readonly problems: readonly string[]
  readonly notes: readonly string[]
}

/** What the journal says was recorded so far, without opening a part. */
export function countsOf(view: RecordingView): Pick<RecordingVerdict, 'produced' | 'stored' | 'buffered' | 'dropped' | 'pruned' | 'gaps'> {
  const { stop } = view.manifest
  const last: JournalEntry | undefined = view.journal.entries.at(-1)
  if (stop !== null && (linesAt(stop.journal, view.journal) ?? stop.journal.lines) >= view.journal.entries.length) {
    const { produced, stored, dropped, pruned = 0, gaps } = stop
    return { produced, stored, buffered: 0, dropped, pruned, gaps }
  }
  const { produced = 0, stored = 0, buffered = 0, dropped = 0, pruned = 0, gaps = 0 } = last ?? {}
  if (view.state === 'recording') return { produced, stored, buffered, dropped, pruned, gaps }
  return { produced, stored, buffered: 0, dropped: dropped + buffered, pruned, gaps }
}

/** Reads every byte of a recording and says what is wrong with it. @throws Fault where it is no recording at all. */
export async function verifyRecording(folder: string): Promise<RecordingVerdict> {
  return await readRecording(folder, verdictOf)
}

async function verdictOf(view: RecordingView): Promise<RecordingVerdict> {
  const session = await openDuckdb({ memoryLimitMb: 512 })
  try {
    const problems = [...problemsOfManifest(view), ...problemsOfLaw(view)]
    for (const part of view.parts) problems.push(...(await problemsOfPart(part, session.connection)))
    problems.push(...(await problemsOfPruned(view, countsOf(view).pruned, session.connection)))
    // What a living recorder has merged meanwhile is not missing: it is looked at where it is now.
    if (problems.length > 0 && view.writer !== null && (await anyWasReplaced([view]))) throw unreadable(view.folder, problems.join('; '))
    const { stop, start } = view.manifest
    return {
      schema: 'chatterfix/recording/1',
      path: view.folder,
      state: view.state,
      ...countsOf(view),
      parts: view.parts.length,
      bytes: view.parts.reduce((sum, part) => sum + part.bytes, 0),
      endedBy: stop?.endedBy ?? null,
      flushIntervalMs: start.flushIntervalMs,
      ok: problems.length === 0,
      problems,
      notes: notesOf(view),
    }
  } finally {
    session.close()
  }
}

function problemsOfManifest(view: RecordingView): string[] {
  const problems: string[] = []
  if (!view.manifestIntact) problems.push('manifest.json: its checksum is wrong')
  if (view.journal.damage !== null) problems.push(`parts.jsonl: ${view.journal.damage}`)
  if (view.journal.torn && view.state === 'complete') problems.push('parts.jsonl: the last line is cut off')
  const stop = view.manifest.stop
  if (stop !== null && linesAt(stop.journal, view.journal) === null) problems.push('parts.jsonl: it does not end where the recording ended')
  for (const { name } of view.missing) problems.push(`${name}: it is missing`)
  for (const name of view.strangers) problems.push(`${name}: it is not part of this recording`)
  return problems
}

function problemsOfLaw(view: RecordingView): string[] {
  const problems: string[] = []
  const live = new Map<string, PartEntry>()
  let held = 0
  for (const entry of view.journal.entries) {
    for (const range of entry.replaces ?? []) held -= countIn(withdraw(live, range))
    for (const part of entry.parts) live.set(part.name, part)
    held += countIn(entry.parts)
    const { flush, produced, stored, buffered, dropped, pruned = 0 } = entry
    if (stored !== held) problems.push(`flush ${flush}: ${stored} stored by its count, ${held} by its parts`)
    if (produced !== stored + buffered + dropped + pruned)
      problems.push(
        `flush ${flush}: produced ${produced} ≠ stored ${stored} + buffered ${buffered} + dropped ${dropped}${prunedText(pruned)}`,
      )
  }
  return [...problems, ...problemsOfEnd(view)]
}

function problemsOfEnd({ manifest: { stop }, journal }: RecordingView): string[] {
  if (stop === null) return []
  const problems: string[] = []
  const held = journal.entries[(linesAt(stop.journal, journal) ?? 0) - 1]?.stored ?? 0
  const { produced, stored, dropped, pruned = 0 } = stop
  if (stored !== held) problems.push(`at its end ${stored} were stored by its count, ${held} by its parts`)
  if (produced !== stored + dropped + pruned)
    problems.push(`at its end produced ${produced} ≠ stored ${stored} + dropped ${dropped}${prunedText(pruned)}`)
  return problems
}

function countIn(parts: readonly PartEntry[]): number {
  return parts.reduce((sum, part) => sum + part.count, 0)
}

function prunedText(pruned: number): string {
  return pruned === 0 ? '' : ` + pruned ${pruned}`
}

async function problemsOfPart(part: RecordingPart, connection: DuckDBConnection): Promise<string[]> {
  try {
    const problem = await problemOfBytes(part)
    if (problem !== null) return [problem]
    const result = await connection.runAndReadAll(`SELECT count(*), ${countOfRowsSql(part.table)} FROM read_parquet(${sqlText(part.path)})`)
    const [rows, count] = (result.getRows()[0] ?? []).map(Number)
    if (rows !== part.rows || count !== part.count) return [`${part.name}: ${rows} rows instead of ${part.rows}`]
    return []
  } catch (thrown) {
    return [`${part.name}: ${reasonOf(thrown)}`]
  }
}

function notesOf(view: RecordingView): string[] {
  const { leftovers } = view
  const waste =
    leftovers.length === 0
      ? []
      : [`${leftovers.length} files of parts that were replaced are still there; the next change of the recording deletes them`]
  return [...waste, ...notesOfState(view)]
}

function notesOfState(view: RecordingView): string[] {
  const { start } = view.manifest
  const last = view.journal.entries.at(-1)?.at ?? start.startedAt
  if (view.state === 'recording') return [`it is being recorded by process ${view.writer?.pid ?? '?'}`]
  if (view.state === 'complete') return []
  return [
    `interrupted after ${last}: at most what came in the ${start.flushIntervalMs} ms of a flush interval (and the flush under way) is lost`,
  ]
}
