import { mkdir, readdir, rename, rm, rmdir } from 'node:fs/promises'
import { hostname } from 'node:os'
import { basename, dirname, join, resolve } from 'node:path'
import process from 'node:process'
import type { DuckDBConnection } from '@duckdb/node-api'
import { Fault, reasonOf } from '../faults/fault.js'
import {
  JOURNAL_FILE,
  MANIFEST_SCHEMA,
  PART_TABLE_NAMES,
  type PartEntry,
  type PartTable,
  partName,
  type RecordedDrop,
  type RecordingManifest,
  type RecordingStart,
  TEMPORARY_PREFIX,
} from '../readings/recording-layout.js'
import { type EpochMicros, formatMicros, parseMicros } from '../readings/time.js'
import type { Drop, EndedBy, RunStart } from '../sinks/contract.js'
import { notWritable, whoAmI } from '../sinks/recording/begin-recording.js'
import { buildPart } from './build-part.js'
import { type SlicedTable, sliceTable } from './build-slices.js'
import { refuseWhenAborted, runUntilAborted } from './interruptible-run.js'
import { FIRST_SUM, formatJournalLine } from './journal-text.js'
import { numberOfPart } from './live-parts.js'
import { unreadable, writeManifest } from './manifest-file.js'
import { replaceFile, syncFolder } from './replace-file.js'
import { sqlText } from './sql-text.js'
import { acquireWriterLock, findWriter } from './writer-lock.js'

/** A SELECT that leaves some rows out, and the same without that: cheaper to count and to cut by time. */
export interface FilteredSelect {
  readonly select: string
  readonly unfiltered: string
}

/** A recording to be made at once. */
export interface RecordingPlan {
  /** Must not exist, or be empty. */
  readonly folder: string
  readonly run: RunStart
  /** What the manifest says of the start beyond `run`, e.g. who recorded the recording that this one is a piece of. */
  readonly start?: Partial<RecordingStart>
  /** Reads whatever the SELECTs name; may not be used meanwhile. Give it at least 1 GB of memory. */
  readonly connection: DuckDBConnection
  /** A SELECT with the columns of the table (layout PART_TABLES), each. Large ones are read several times. */
  readonly tables: Partial<Record<PartTable, string | FilteredSelect>>
  readonly endedBy: EndedBy
  /** The last time in the tables where it is missing. */
  readonly endedAt?: EpochMicros
  readonly drops?: readonly Drop[]
  readonly signal: AbortSignal
  readonly progress?: (progress: { readonly done: number; readonly total: number; readonly what: string }) => void
}

export interface BuiltRecording {
  /** Absolute. */
  readonly folder: string
  readonly parts: number
  readonly bytes: number
  readonly rows: Readonly<Record<PartTable, number>>
  /** Readings and waveform blocks. */
  readonly produced: number
  readonly stored: number
  readonly dropped: number
  /** Of which only the aggregates in `tables` are there. */
  readonly pruned: number
}

/**
 * Makes a whole, closed recording out of SQL: in a hidden folder beside, brought to the disk, renamed last. Parts are sorted by sensor and
 * time; the law holds with produced = rows + drops. After a failure or an abort nothing is left.
 *
 * @throws Fault RECORDING_EXISTS, RECORDING_NOT_WRITABLE, RECORDING_UNREADABLE (a row without a time), INTERRUPTED; what DuckDB says of the SELECTs
 * goes through as it is.
 */
export async function buildRecording(plan: RecordingPlan): Promise<BuiltRecording> {
  const folder = resolve(plan.folder)
  await refuseUsedFolder(folder)
  const hidden = join(dirname(folder), `${TEMPORARY_PREFIX}${basename(folder)}-${process.pid}-${crypto.randomUUID().slice(0, 8)}`)
  try {
    await sweepAbandoned(folder)
    await mkdir(hidden, { recursive: true })
    const lock = await acquireWriterLock(hidden, formatMicros(plan.run.startedAt))
    try {
      return await buildInto(hidden, folder, plan)
    } finally {
      if (lock.held) await lock.release()
    }
  } catch (thrown) {
    const isOurs = (thrown as NodeJS.ErrnoException).code !== undefined || reasonOf(thrown).includes(hidden)
    throw thrown instanceof Fault || !isOurs ? thrown : notWritable(folder, thrown)
  } finally {
    await rm(hidden, { recursive: true, force: true })
  }
}

async function buildInto(hidden: string, folder: string, plan: RecordingPlan): Promise<BuiltRecording> {
  const parts = await buildTables(hidden, folder, plan)
  const pruned = await prunedAmong(hidden, parts, plan.connection)
  const endedAt = formatMicros(plan.endedAt ?? lastTimeOf(parts) ?? plan.run.startedAt)
  const journal = journalOf(parts, { dropped: droppedBy(plan), pruned, at: endedAt })
  await replaceFile(join(hidden, JOURNAL_FILE), journal.text)
  await writeManifest(hidden, manifestOf(plan, { ...journal, endedAt }))
  refuseWhenAborted(plan.signal)
  // An empty folder of that name would be in the way of the rename on Windows.
  await rmdir(folder).catch(() => {})
  const lockNames = (await readdir(hidden)).filter((name) => name.endsWith('.lock'))
  await Promise.all(lockNames.map((name) => rm(join(hidden, name), { force: true })))
  await rename(hidden, folder)
  await syncFolder(dirname(folder))
  return {
    folder,
    parts: parts.length,
    bytes: parts.reduce((sum, part) => sum + part.bytes, 0),
    rows: Object.fromEntries(PART_TABLE_NAMES.map((table) => [table, rowsIn(parts, table)])) as Record<PartTable, number>,
    ...journal.counts,
  }
}

function rowsIn(parts: readonly PartEntry[], table: PartTable): number {
  return parts.reduce((sum, part) => (part.table === table ? sum + part.rows : sum), 0)
}

async function buildTables(hidden: string, folder: string, plan: RecordingPlan): Promise<PartEntry[]> {
  const parts: PartEntry[] = []
  for (const table of PART_TABLE_NAMES) {
    const source = plan.tables[table]
    if (source === undefined) continue
    const { select, unfiltered } = typeof source === 'string' ? { select: source, unfiltered: source } : source
    const sliced = await runUntilAborted(plan.connection, plan.signal, () =>
      sliceTable(plan.connection, { table, select, times: unfiltered }),
    )
    if (sliced.timeless > 0) throw unreadable(folder, `${sliced.timeless} rows of ${table} have no time`)
    const built = await buildSlices(hidden, { ...sliced, table }, plan)
    const rows = rowsIn(built, table)
    if (typeof source === 'string' && rows !== sliced.rows)
      throw unreadable(folder, `${sliced.rows} rows of ${table} became ${rows} while they were read`)
    parts.push(...built)
  }
  return parts
}

async function buildSlices(hidden: string, sliced: SlicedTable & { readonly table: PartTable }, plan: RecordingPlan): Promise<PartEntry[]> {
  const { connection, signal, progress } = plan
  const { table } = sliced
  const parts: PartEntry[] = []
  let done = 0
  for (const [i, select] of sliced.selects.entries()) {
    const name = partName(table, i + 1)
    const part = await buildPart({ connection, table, select, name, path: join(hidden, name), signal })
    if (part !== null) parts.push(part)
    done += part?.rows ?? 0
    progress?.({ done, total: sliced.rows, what: `rows of ${table} written` })
  }
  return parts
}

/** The readings and blocks that the aggregates stand for. */
async function prunedAmong(folder: string, parts: readonly PartEntry[], connection: DuckDBConnection): Promise<number> {
  const blocks = parts.reduce((sum, part) => (part.table === 'blocks' ? sum + part.rows : sum), 0)
  const minutes = parts.filter(({ table }) => table === 'minutes').map(({ name }) => sqlText(join(folder, name)))
  if (minutes.length === 0) return blocks
  const result = await connection.runAndReadAll(`SELECT sum(count)::DOUBLE FROM read_parquet([${minutes.join(', ')}])`)
  return blocks + Number(result.getRows()[0]?.[0] ?? 0)
}

/** One line names the parts of one number: of each table at most one. */
function journalOf(
  parts: readonly PartEntry[],
  { dropped, pruned, at }: { readonly dropped: number; readonly pruned: number; readonly at: string },
) {
  let text = ''
  let sum = FIRST_SUM
  let stored = 0
  let gaps = 0
  const numbers = [...new Set(parts.map(numberOfPart))].toSorted((a, b) => a - b)
  for (const flush of numbers) {
    const named = parts.filter((part) => numberOfPart(part) === flush)
    stored += named.reduce((total, { count }) => total + count, 0)
    gaps += named.reduce((total, { table, rows }) => (table === 'gaps' ? total + rows : total), 0)
    const law = { produced: stored + dropped + pruned, stored, buffered: 0, dropped, ...(pruned > 0 ? { pruned } : {}) }
    const formatted = formatJournalLine({ flush, at, parts: named, ...law, gaps }, sum)
    text += formatted.line
    sum = formatted.sum
  }
  const counts = { produced: stored + dropped + pruned, stored, dropped, pruned }
  return { text, end: { lines: numbers.length, sum }, counts, gaps, parts: parts.length }
}

function manifestOf(plan: RecordingPlan, journal: ReturnType<typeof journalOf> & { readonly endedAt: string }): RecordingManifest {
  const { run, drops = [] } = plan
  const { produced, stored, dropped, pruned } = journal.counts
  return {
    schema: MANIFEST_SCHEMA,
    start: {
      who: whoAmI(),
      host: hostname(),
      pid: process.pid,
      clock: { source: 'system', ntpOffsetMs: null },
      flushIntervalMs: 0,
      ...plan.start,
      startedAt: formatMicros(run.startedAt),
      tool: run.tool,
      purpose: run.purpose,
      site: run.site,
    },
    resumed: [],
    sensors: [...new Map(run.sensors.map((sensor) => [sensor.key, sensor])).values()],
    assets: run.assets,
    stop: {
      at: journal.endedAt,
      endedBy: plan.endedBy,
      produced,
      stored,
      dropped,
      ...(pruned > 0 ? { pruned } : {}),
      gaps: journal.gaps,
      parts: journal.parts,
      drops: drops.map((drop): RecordedDrop => ({ ...drop, from: formatMicros(drop.from), to: formatMicros(drop.to) })),
      journal: journal.end,
    },
  }
}

function droppedBy({ drops = [] }: RecordingPlan): number {
  return drops.reduce((total, drop) => total + drop.count, 0)
}

function lastTimeOf(parts: readonly PartEntry[]): EpochMicros | undefined {
  const times = parts.map(({ to }) => parseMicros(to)).filter((at) => at !== undefined)
  return times.length === 0 ? undefined : times.reduce((a, b) => Math.max(a, b))
}

/** @throws Fault RECORDING_EXISTS where something lies there. */
async function refuseUsedFolder(folder: string): Promise<void> {
  const [first] = await readdir(folder).catch((thrown: NodeJS.ErrnoException) => {
    if (thrown.code === 'ENOENT') return []
    throw notWritable(folder, thrown)
  })
  if (first === undefined) return
  throw new Fault('RECORDING_EXISTS', {
    message: `${folder} is not empty`,
    where: { folder },
    because: `it holds ${first}; a recording is made in a folder of its own`,
    advice: { folder },
  })
}

/** What a builder of the same folder left that was killed. */
async function sweepAbandoned(folder: string): Promise<void> {
  const prefix = `${TEMPORARY_PREFIX}${basename(folder)}-`
  for (const name of await readdir(dirname(folder)).catch((): string[] => [])) {
    const path = join(dirname(folder), name)
    if (!name.startsWith(prefix) || !(await readdir(path).catch((): string[] => [])).some((file) => file.endsWith('.lock'))) continue
    if ((await findWriter(path)) === null) await rm(path, { recursive: true, force: true })
  }
}
