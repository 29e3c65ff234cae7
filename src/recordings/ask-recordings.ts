import type { DuckDBConnection, DuckDBDataChunk, DuckDBPreparedStatement, DuckDBType } from '@duckdb/node-api'
import { Fault, reasonOf } from '../faults/fault.js'
import type { DuckdbSession } from './duckdb-session.js'
import { freshSessions } from './fresh-sessions.js'
import { unreadable } from './manifest-file.js'
import type { RecordingView } from './open-recording.js'
import { findDamage } from './part-sum.js'
import { anyWasReplaced, readRecordings } from './read-recording.js'
import { createViews, VIEW_NAMES, viewsNamedIn } from './recording-tables.js'
import { sqlText } from './sql-text.js'
import { statementFault, VIEW_COLUMN_NAMES } from './statement-fault.js'
import { limitStatement, type StatementLimit } from './statement-limit.js'

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

export interface ResultColumn {
  /** As DuckDB names it; a second of the same name ends in `_1`. */
  readonly name: string
  readonly type: DuckDBType
}

/** A statement that may be run, as often as its rows are wanted. */
export interface CagedStatement {
  readonly columns: readonly ResultColumn[]
  /** Its rows, a chunk at a time; only some chunks are in memory. */
  chunks(): AsyncIterable<DuckDBDataChunk>
  /** The rows of a SELECT over its result, whose columns are c0, c1, … there. @param select  gets what stands behind FROM. */
  over(select: (result: string) => string): AsyncIterable<DuckDBDataChunk>
  /** Writes its result as Parquet to the file that the question named. */
  copyToParquet(path: string): Promise<number>
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
  try {
    const paths = views.flatMap((view) => view.parts.map((part) => part.path))
    const allowed = question.writable === undefined ? paths : [...paths, question.writable]
    // Making a view opens its files, preparing opens them again, and so does running: what their ends say is kept.
    await connection.run(
      `SET parquet_metadata_cache = true; SET allowed_paths = [${allowed.map(sqlText).join(', ')}]; SET enable_external_access = false; SET lock_configuration = true`,
    )
    const warnings = await createViews(connection, views, viewsNamedIn(question.sql))
    if (warnings.length > 0 && (await anyWasReplaced(views))) throw unreadable(question.folders[0] ?? '.', warnings.join('; '))
    const prepared = await limit.during(() => prepareSelect(connection, question.sql))
    return { answer: await take(cagedStatement(connection, prepared, { sql: question.sql, limit })), warnings }
  } catch (thrown) {
    throw await asFault(thrown, question, views)
  }
}

/** Folders of the same name in different places are told apart by their paths as given. */
function withOwnNames(views: readonly RecordingView[], folders: readonly string[]): RecordingView[] {
  return views.map((view, i) => {
    const isShared = views.some((other) => other.name === view.name && other.folder !== view.folder)
    return isShared ? { ...view, name: folders[i] ?? view.folder } : view
  })
}

/** Nothing but one SELECT: COPY, ATTACH, SET, PRAGMA and the like are refused by their kind, before they run. */
async function prepareSelect(connection: DuckDBConnection, sql: string): Promise<DuckDBPreparedStatement> {
  const { StatementType } = await import('@duckdb/node-api')
  if (sql.replaceAll(/--.*$|\/\*[\s\S]*?\*\//gm, '').trim() === '') throw invalid('the query is empty')
  const statements = await connection.extractStatements(sql)
  if (statements.count !== 1) throw invalid(`one SELECT at a time; these are ${statements.count} statements`)
  const prepared = await statements.prepare(0)
  if (prepared.statementType !== StatementType.SELECT) {
    throw invalid(`only SELECT may be asked of a recording, not ${StatementType[prepared.statementType]}`)
  }
  if (prepared.parameterCount > 0) throw invalid('a query has no parameters: write the value itself')
  return prepared
}

function cagedStatement(
  connection: DuckDBConnection,
  prepared: DuckDBPreparedStatement,
  { sql, limit }: { readonly sql: string; readonly limit: StatementLimit },
): CagedStatement {
  // The statement goes in as a text, so that no bracket or comment in it can reach what is around it.
  const result = `query(${sqlText(sql)})`
  const columns = columnsOf(prepared)
  const numbered = `${result} AS result(${columns.map((_, i) => `c${i}`).join(', ')})`
  return {
    columns,
    chunks: () => stream(() => prepared.stream(), limit),
    over: (select) => stream(() => connection.stream(select(numbered)), limit),
    async copyToParquet(path) {
      const copy = `COPY (FROM ${result}) TO ${sqlText(path)} (FORMAT parquet, COMPRESSION zstd, PARQUET_VERSION v2)`
      const reader = await limit.during(() => connection.runAndReadAll(copy))
      return Number(reader.getRows()[0]?.[0] ?? 0)
    },
  }
}

function columnsOf(prepared: DuckDBPreparedStatement): ResultColumn[] {
  const taken = new Set<string>()
  return Array.from({ length: prepared.columnCount }, (_, i) => {
    const given = prepared.columnName(i)
    let name = given
    for (let n = 1; taken.has(name); n++) name = `${given}:${n}`
    taken.add(name)
    return { name, type: prepared.columnType(i) }
  })
}

async function* stream(
  start: () => Promise<{ fetchChunk(): Promise<DuckDBDataChunk | null> }>,
  limit: StatementLimit,
): AsyncGenerator<DuckDBDataChunk> {
  const result = await limit.during(start)
  while (true) {
    const chunk = await limit.during(() => result.fetchChunk())
    if (chunk === null || chunk.rowCount === 0) return
    yield chunk
  }
}

async function asFault(
  thrown: unknown,
  { folders, memoryLimitMb = DEFAULT_MEMORY_LIMIT_MB }: RecordingQuestion,
  views: readonly RecordingView[],
): Promise<unknown> {
  if (thrown instanceof Fault) return thrown
  const reason = reasonOf(thrown)
  if (reason.startsWith('Out of Memory')) return limitFault(`it needs more than ${memoryLimitMb} MB of memory`)
  const damaged = MAY_BE_DAMAGE.test(reason) ? await damageAmong(views, reason) : null
  if (damaged !== null) return damaged
  // What the file system says of the file that is written is no fault of the statement.
  if ((thrown as NodeJS.ErrnoException).syscall !== undefined) return thrown
  return statementFault(reason, [...VIEW_NAMES, ...VIEW_COLUMN_NAMES], { folder: folders[0] ?? '.' })
}

/** The recording whose part is damaged; null where the statement seems to be at fault. */
async function damageAmong(views: readonly RecordingView[], reason: string): Promise<Fault | null> {
  for (const view of views) {
    const damage = await findDamage(view.parts)
    if (damage !== null) return unreadable(view.folder, `${damage} (${reason})`)
  }
  return /parquet|thrift|magic bytes|zstd/i.test(reason) ? unreadable(views[0]?.folder ?? '.', reason) : null
}

function invalid(because: string): Fault {
  return new Fault('QUERY_INVALID', { message: 'the query cannot be answered', because })
}

export function limitFault(because: string): Fault {
  return new Fault('QUERY_LIMIT', { message: 'the query was stopped', because })
}
