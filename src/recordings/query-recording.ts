import type { DuckDBConnection, DuckDBResult } from '@duckdb/node-api'
import { Fault, reasonOf } from '../faults/fault.js'
import { openDuckdb } from './duckdb-session.js'
import { type JsonValue, jsonConverter } from './json-value.js'
import { unreadable } from './manifest-file.js'
import type { RecordingView } from './open-recording.js'
import { findDamage } from './part-sum.js'
import { anyWasReplaced, readRecordings } from './read-recording.js'
import { createViews } from './recording-tables.js'
import { sqlText } from './sql-text.js'

export interface RecordingQuery {
  /** One or more recordings; with more than one the column `recording` tells them apart, by name, or by path as given where two have one name. */
  readonly folders: readonly string[]
  /** One SELECT (also DESCRIBE, SUMMARIZE, FROM …). */
  readonly sql: string
  readonly timeoutMs?: number
  readonly memoryLimitMb?: number
  readonly maxRows?: number
  readonly signal?: AbortSignal
}

export interface QueryResult {
  readonly columns: readonly string[]
  readonly rows: readonly Readonly<Record<string, JsonValue>>[]
  /** Parts that cannot be read and were left out. */
  readonly warnings: readonly string[]
}

const DEFAULT_TIMEOUT_MS = 60_000
const DEFAULT_MEMORY_LIMIT_MB = 1024
const DEFAULT_MAX_ROWS = 1_000_000
const WATCH_INTERVAL_MS = 20
/** What DuckDB says of pages that make no sense, and of some statements. */
const MAY_BE_DAMAGE = /^(IO|Invalid|Invalid Input|Out of Range|Serialization|Internal|TransactionContext) Error/

/**
 * Asks recordings in SQL, read-only and caged: DuckDB lives in memory, may open the parts of these recordings and no other file,
 * loads nothing, and its settings are locked before the statement is even parsed.
 *
 * @throws Fault QUERY_INVALID, QUERY_LIMIT, RECORDING_UNREADABLE, FILE_NOT_FOUND, INTERRUPTED.
 */
export async function queryRecording(query: RecordingQuery): Promise<QueryResult> {
  return await readRecordings(query.folders, (views) => ask(withOwnNames(views, query.folders), query))
}

async function ask(views: readonly RecordingView[], query: RecordingQuery): Promise<QueryResult> {
  const session = await openDuckdb({ memoryLimitMb: query.memoryLimitMb ?? DEFAULT_MEMORY_LIMIT_MB })
  try {
    const { connection } = session
    const paths = views.flatMap((view) => view.parts.map((part) => part.path))
    await connection.run(`SET allowed_paths = [${paths.map(sqlText).join(', ')}]`)
    await connection.run('SET enable_external_access = false')
    const warnings = await createViews(connection, views)
    if (warnings.length > 0 && (await anyWasReplaced(views))) throw unreadable(query.folders[0] ?? '.', warnings.join('; '))
    await connection.run('SET lock_configuration = true')
    const result = await withTimeLimit(connection, query, async () => await collect(await select(connection, query.sql), query))
    return { ...result, warnings }
  } catch (thrown) {
    throw await asFault(thrown, query, views)
  } finally {
    session.close()
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
async function select(connection: DuckDBConnection, sql: string): Promise<DuckDBResult> {
  const { StatementType } = await import('@duckdb/node-api')
  if (sql.replaceAll(/--.*$|\/\*[\s\S]*?\*\//gm, '').trim() === '') throw invalid('the query is empty')
  const statements = await connection.extractStatements(sql)
  if (statements.count !== 1) throw invalid(`one SELECT at a time; these are ${statements.count} statements`)
  const prepared = await statements.prepare(0)
  if (prepared.statementType !== StatementType.SELECT) {
    throw invalid(`only SELECT may be asked of a recording, not ${StatementType[prepared.statementType]}`)
  }
  return await prepared.stream()
}

async function collect(result: DuckDBResult, { maxRows = DEFAULT_MAX_ROWS }: RecordingQuery): Promise<Omit<QueryResult, 'warnings'>> {
  const convert = await jsonConverter()
  const columns = result.deduplicatedColumnNames()
  const rows: Record<string, JsonValue>[] = []
  for await (const chunk of result.yieldRows()) {
    if (rows.length + chunk.length > maxRows) throw limit(`it gives more than ${maxRows} rows`)
    for (const row of chunk) rows.push(Object.fromEntries(columns.map((column, i) => [column, convert(row[i] ?? null)])))
  }
  return { columns, rows }
}

async function withTimeLimit<T>(connection: DuckDBConnection, query: RecordingQuery, work: () => Promise<T>): Promise<T> {
  const { timeoutMs = DEFAULT_TIMEOUT_MS, signal } = query
  const begunMs = performance.now()
  const isLate = () => performance.now() - begunMs >= timeoutMs
  // An interrupt only meets a statement that is running at that moment; said again it also meets one that was about to begin.
  const watch = setInterval(() => {
    if (isLate() || signal?.aborted === true) connection.interrupt()
  }, WATCH_INTERVAL_MS)
  try {
    return await work()
  } catch (thrown) {
    if (!reasonOf(thrown).startsWith('INTERRUPT')) throw thrown
    if (signal?.aborted === true) throw new Fault('INTERRUPTED', { message: 'the query was interrupted' })
    throw limit(`it did not end within ${timeoutMs / 1000} s`)
  } finally {
    clearInterval(watch)
  }
}

async function asFault(
  thrown: unknown,
  { folders, memoryLimitMb = DEFAULT_MEMORY_LIMIT_MB }: RecordingQuery,
  views: readonly RecordingView[],
): Promise<Fault> {
  if (thrown instanceof Fault) return thrown
  const reason = reasonOf(thrown)
  const folder = folders[0] ?? '.'
  if (reason.startsWith('Out of Memory')) return limit(`it needs more than ${memoryLimitMb} MB of memory`)
  const damaged = MAY_BE_DAMAGE.test(reason) ? await damageAmong(views, reason) : null
  if (damaged !== null) return damaged
  // DuckDB draws the place under the statement; in one line that says nothing.
  return invalid(reason.split(/\n+LINE \d+:/)[0]?.replaceAll(/\s*\n\s*/g, '; ') ?? reason, folder)
}

/** The recording whose part is damaged; null where the statement seems to be at fault. */
async function damageAmong(views: readonly RecordingView[], reason: string): Promise<Fault | null> {
  for (const view of views) {
    const damage = await findDamage(view.parts)
    if (damage !== null) return unreadable(view.folder, `${damage} (${reason})`)
  }
  return /parquet|thrift|magic bytes|zstd/i.test(reason) ? unreadable(views[0]?.folder ?? '.', reason) : null
}

function invalid(because: string, folder?: string): Fault {
  return new Fault('QUERY_INVALID', { message: 'the query cannot be answered', because, advice: folder === undefined ? {} : { folder } })
}

function limit(because: string): Fault {
  return new Fault('QUERY_LIMIT', { message: 'the query was stopped', because })
}
