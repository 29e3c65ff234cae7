import { Fault, reasonOf } from '../faults/fault.js'
import { type CagedStatement, cagedStatement } from './caged-statement.js'
import type { DuckdbSession } from './duckdb-session.js'
import { freshSessions } from './fresh-sessions.js'
import { unreadable } from './manifest-file.js'
import type { RecordingView } from './open-recording.js'
import { findDamage } from './part-sum.js'
import { prepareOverViews } from './prepare-over-views.js'
import { anyWasReplaced, readRecordings } from './read-recording.js'
import { VIEW_NAMES } from './recording-tables.js'
import { sqlText } from './sql-text.js'
import { statementFault, VIEW_COLUMN_NAMES } from './statement-fault.js'
import { limitStatement } from './statement-limit.js'

export interface RecordingQuestion {
  /** One or more recordings; with more than one the column `recording` tells them apart, by name, or by path as given where two have one name. */
  readonly folders: readonly string[]
  /** One SELECT (also DESCRIBE, SUMMARIZE, FROM …). */
  readonly sql: string
  /** Of DuckDB's own time; how slowly the rows are taken does not count. */
  readonly timeoutMs?: number
  readonly memoryLimitMb?: number
  readonly signal?: AbortSignal
  /** A file that `copyTo` may write. */
  readonly writable?: string
}

export interface Answered<T> {
  readonly answer: T
  /** Parts that cannot be read and were left out. */
  readonly warnings: readonly string[]
}

const DEFAULT_TIMEOUT_MS = 60_000
export const DEFAULT_MEMORY_LIMIT_MB = 1024
/** What DuckDB says of pages that make no sense, and of some statements. */
const MAY_BE_DAMAGE = /^(IO|Invalid|Invalid Input|Out of Range|Serialization|Internal|TransactionContext) Error/

/**
 * Asks recordings in SQL, read-only and caged: DuckDB lives in memory, may open the parts of these recordings and no other file,
 * loads nothing, and its settings are locked before the statement is even parsed.
 *
 * @param take  what to do with the result. Where compaction took parts away meanwhile it is called again, unless `hasBegun` says
 *   that something of the first result is already out.
 * @throws Fault QUERY_INVALID, QUERY_LIMIT, RECORDING_UNREADABLE, FILE_NOT_FOUND, INTERRUPTED.
 */
export async function askRecordings<T>(
  question: RecordingQuestion,
  take: (statement: CagedStatement) => Promise<T>,
  hasBegun: () => boolean = () => false,
): Promise<Answered<T>> {
  // Opening DuckDB takes longer than reading what there is to ask: both at once.
  await using sessions = freshSessions(question.memoryLimitMb ?? DEFAULT_MEMORY_LIMIT_MB)
  const outcome = await readRecordings(question.folders, async (views) => {
    try {
      return { answered: await askOnce(await sessions.next(), withOwnNames(views, question.folders), { question, take }) }
    } catch (thrown) {
      if (hasBegun()) return { thrown }
      throw thrown
    }
  })
  if ('thrown' in outcome) throw outcome.thrown
  return outcome.answered
}

async function askOnce<T>(
  { connection }: DuckdbSession,
  views: readonly RecordingView[],
  { question, take }: { readonly question: RecordingQuestion; readonly take: (statement: CagedStatement) => Promise<T> },
): Promise<Answered<T>> {
  using limit = limitStatement(connection, { timeoutMs: question.timeoutMs ?? DEFAULT_TIMEOUT_MS, signal: question.signal })
  let linesBefore = 0
  try {
    const paths = views.flatMap((view) => view.parts.map((part) => part.path))
    const allowed = question.writable === undefined ? paths : [...paths, question.writable]
    // Preparing opens the files, and so does running: what their ends say is kept.
    await connection.run(
      `SET parquet_metadata_cache = true; SET allowed_paths = [${allowed.map(sqlText).join(', ')}]; SET enable_external_access = false; SET lock_configuration = true`,
    )
    const { prepared, sql, warnings, ...place } = await prepareOverViews(connection, views, { sql: question.sql, limit })
    linesBefore = place.linesBefore
    if (warnings.length > 0 && (await anyWasReplaced(views))) throw unreadable(question.folders[0] ?? '.', warnings.join('; '))
    return { answer: await take(cagedStatement(connection, prepared, { sql, limit })), warnings }
  } catch (thrown) {
    throw await asFault(thrown, { question, views, linesBefore })
  }
}

/** Folders of the same name in different places are told apart by their paths as given. */
function withOwnNames(views: readonly RecordingView[], folders: readonly string[]): RecordingView[] {
  return views.map((view, i) => {
    const isShared = views.some((other) => other.name === view.name && other.folder !== view.folder)
    return isShared ? { ...view, name: folders[i] ?? view.folder } : view
  })
}

async function asFault(
  thrown: unknown,
  asked: { readonly question: RecordingQuestion; readonly views: readonly RecordingView[]; readonly linesBefore: number },
): Promise<unknown> {
  const { folders, memoryLimitMb = DEFAULT_MEMORY_LIMIT_MB } = asked.question
  if (thrown instanceof Fault) return thrown
  const reason = reasonOf(thrown)
  if (reason.startsWith('Out of Memory')) return limitFault(`it needs more than ${memoryLimitMb} MB of memory`)
  const damaged = MAY_BE_DAMAGE.test(reason) ? await damageAmong(asked.views, reason) : null
  if (damaged !== null) return damaged
  // What the file system says of the file that is written is no fault of the statement.
  if ((thrown as NodeJS.ErrnoException).syscall !== undefined) return thrown
  return statementFault(reason, [...VIEW_NAMES, ...VIEW_COLUMN_NAMES], {
    linesBefore: asked.linesBefore,
    advice: { folder: folders[0] ?? '.' },
  })
}

/** The recording whose part is damaged; null where the statement seems to be at fault. */
async function damageAmong(views: readonly RecordingView[], reason: string): Promise<Fault | null> {
  for (const view of views) {
    const damage = await findDamage(view.parts)
    if (damage !== null) return unreadable(view.folder, `${damage} (${reason})`)
  }
  return /parquet|thrift|magic bytes|zstd/i.test(reason) ? unreadable(views[0]?.folder ?? '.', reason) : null
}

export function limitFault(because: string): Fault {
  return new Fault('QUERY_LIMIT', { message: 'the query was stopped', because })
}
