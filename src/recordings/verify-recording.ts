import type { DuckDBConnection } from '@duckdb/node-api'
import { reasonOf } from '../faults/fault.js'
import { openDuckdb } from './duckdb-session.js'
import { openRecording, type RecordingPart, type RecordingView } from './open-recording.js'
import { problemOfBytes } from './part-sum.js'
import { sqlText } from './sql-text.js'

export interface RecordingVerdict {
  readonly schema: 'chatterfix/recording/1'
  readonly path: string
  readonly state: RecordingView['state']
  /** Readings and waveform blocks; produced = stored + buffered + dropped. */
  readonly produced: number
  readonly stored: number
  /** Not yet written, while it is being recorded. */
  readonly buffered: number
  /** Of an interrupted recording, with what is known to have waited when it ended. */
  readonly dropped: number
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
export function countsOf(view: RecordingView): Pick<RecordingVerdict, 'produced' | 'stored' | 'buffered' | 'dropped' | 'gaps'> {
  const last = view.journal.entries.at(-1) ?? { produced: 0, stored: 0, buffered: 0, dropped: 0, gaps: 0 }
  const stop = view.manifest.stop
  if (stop !== null) return { produced: stop.produced, stored: stop.stored, buffered: 0, dropped: stop.dropped, gaps: stop.gaps }
  const { produced, stored, buffered, dropped, gaps } = last
  if (view.state === 'recording') return { produced, stored, buffered, dropped, gaps }
  return { produced, stored, buffered: 0, dropped: dropped + buffered, gaps }
}

/** Reads every byte of a recording and says what is wrong with it. @throws Fault where it is no recording at all. */
export async function verifyRecording(folder: string): Promise<RecordingVerdict> {
  const view = await openRecording(folder)
  const session = await openDuckdb({ memoryLimitMb: 512 })
  try {
    const problems = [...problemsOfManifest(view), ...problemsOfLaw(view)]
    for (const part of view.parts) problems.push(...(await problemsOfPart(part, session.connection)))
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
  if (stop !== null && stop.journal.sum !== view.journal.sum) problems.push('parts.jsonl: it does not end where the recording ended')
  for (const { name } of view.missing) problems.push(`${name}: it is missing`)
  for (const name of view.strangers) problems.push(`${name}: it is not part of this recording`)
  return problems
}

function problemsOfLaw(view: RecordingView): string[] {
  const problems: string[] = []
  let stored = 0
  for (const entry of view.journal.entries) {
    stored += entry.parts.reduce((sum, part) => sum + part.count, 0)
    if (entry.stored !== stored) problems.push(`flush ${entry.flush}: ${entry.stored} stored by its count, ${stored} by its parts`)
    if (entry.produced !== entry.stored + entry.buffered + entry.dropped)
      problems.push(
        `flush ${entry.flush}: produced ${entry.produced} ≠ stored ${entry.stored} + buffered ${entry.buffered} + dropped ${entry.dropped}`,
      )
  }
  const stop = view.manifest.stop
  if (stop === null) return problems
  if (stop.stored !== stored) problems.push(`at its end ${stop.stored} were stored by its count, ${stored} by its parts`)
  if (stop.produced !== stop.stored + stop.dropped)
    problems.push(`at its end produced ${stop.produced} ≠ stored ${stop.stored} + dropped ${stop.dropped}`)
  return problems
}

async function problemsOfPart(part: RecordingPart, connection: DuckDBConnection): Promise<string[]> {
  try {
    const problem = await problemOfBytes(part)
    if (problem !== null) return [problem]
    const blocks = part.table.startsWith('waveforms') ? 'count(*) FILTER (fragment = 0)' : part.table === 'readings' ? 'count(*)' : '0'
    const result = await connection.runAndReadAll(`SELECT count(*), ${blocks} FROM read_parquet(${sqlText(part.path)})`)
    const [rows, count] = (result.getRows()[0] ?? []).map(Number)
    if (rows !== part.rows || count !== part.count) return [`${part.name}: ${rows} rows instead of ${part.rows}`]
    return []
  } catch (thrown) {
    return [`${part.name}: ${reasonOf(thrown)}`]
  }
}

function notesOf(view: RecordingView): string[] {
  const { start } = view.manifest
  const last = view.journal.entries.at(-1)?.at ?? start.startedAt
  if (view.state === 'recording') return [`it is being recorded by process ${view.writer?.pid ?? '?'}`]
  if (view.state === 'complete') return []
  return [
    `interrupted after ${last}: at most what came in the ${start.flushIntervalMs} ms of a flush interval (and the flush under way) is lost`,
  ]
}
