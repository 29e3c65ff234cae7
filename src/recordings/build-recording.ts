import { mkdir, readdir, rename, rm, rmdir } from 'node:fs/promises'
import { hostname } from 'node:os'
import { basename, dirname, join, resolve } from 'node:path'
import process from 'node:process'
import type { DuckDBConnection } from '@duckdb/node-api'
import { Fault, reasonOf } from '../faults/fault.js'
import {
  JOURNAL_FILE,
  type JournalEntry,
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
import { sliceTable } from './build-slices.js'
import { refuseWhenAborted, runUntilAborted } from './interruptible-run.js'
import { FIRST_SUM, formatJournalLine } from './journal-text.js'
import { unreadable, writeManifest } from './manifest-file.js'
import { replaceFile, syncFolder } from './replace-file.js'
import { acquireWriterLock, findWriter } from './writer-lock.js'

/** A recording to be made at once. */
export interface RecordingPlan {
  /** Must not exist, or be empty. */
  readonly folder: string
  readonly run: RunStart
  /** What the manifest says of the start beyond `run`, e.g. who recorded the recording that this one is a piece of. */
  readonly start?: Partial<RecordingStart>
  /** Reads whatever the SELECTs name; may not be used meanwhile. Give it at least 1 GB of memory. */
  readonly connection: DuckDBConnection
  /** A SELECT with the columns of the table (layout TABLES), each. Large ones are read several times. */
  readonly tables: Partial<Record<PartTable, string>>
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
  readonly stored: number
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
  const rounds = await buildParts(hidden, folder, plan)
  const parts = rounds.flat()
  const endedAt = formatMicros(plan.endedAt ?? lastTimeOf(parts) ?? plan.run.startedAt)
  const journal = journalOf(rounds, plan, endedAt)
  await replaceFile(join(hidden, JOURNAL_FILE), journal.text)
  await writeManifest(hidden, manifestOf(plan, { ...journal, endedAt, parts: parts.length }))
  refuseWhenAborted(plan.signal)
  // An empty folder of that name would be in the way of the rename on Windows.
  await rmdir(folder).catch(() => {})
  const lockNames = (await readdir(hidden)).filter((name) => name.endsWith('.lock'))
  await Promise.all(lockNames.map((name) => rm(join(hidden, name), { force: true })))
  await rename(hidden, folder)
  await syncFolder(dirname(folder))
  const rowsOf = (table: PartTable) => parts.reduce((sum, part) => (part.table === table ? sum + part.rows : sum), 0)
  return {
    folder,
    parts: parts.length,
    bytes: parts.reduce((sum, part) => sum + part.bytes, 0),
    rows: Object.fromEntries(PART_TABLE_NAMES.map((table) => [table, rowsOf(table)])) as Record<PartTable, number>,
    stored: journal.last?.stored ?? 0,
  }
}

/** The parts of each line of the journal; a line has one of each table at most. */
async function buildParts(hidden: string, folder: string, plan: RecordingPlan): Promise<PartEntry[][]> {
  const { connection, signal, progress } = plan
  const rounds: PartEntry[][] = []
  for (const table of PART_TABLE_NAMES) {
    const select = plan.tables[table]
    if (select === undefined) continue
    const sliced = await runUntilAborted(connection, signal, () => sliceTable(connection, table, select))
    if (sliced.timeless > 0) throw unreadable(folder, `${sliced.timeless} rows of ${table} have no time`)
    let rows = 0
    for (const [i, slice] of sliced.selects.entries()) {
      const name = partName(table, i + 1)
      const part = await buildPart({ connection, table, select: slice, name, path: join(hidden, name), signal })
      if (part !== null) (rounds[i] ??= []).push(part)
      rows += part?.rows ?? 0
      progress?.({ done: rows, total: sliced.rows, what: `rows of ${table} written` })
    }
    if (rows !== sliced.rows) throw unreadable(folder, `${sliced.rows} rows of ${table} became ${rows} while they were read`)
  }
  return rounds.filter((round) => round !== undefined)
}

function journalOf(rounds: readonly (readonly PartEntry[])[], plan: RecordingPlan, at: string) {
  const dropped = droppedBy(plan)
  let text = ''
  let sum = FIRST_SUM
  let last: JournalEntry | null = null
  for (const [i, parts] of rounds.entries()) {
    const stored: number = (last?.stored ?? 0) + parts.reduce((total, part) => total + part.count, 0)
    const gaps: number = (last?.gaps ?? 0) + parts.reduce((total, part) => (part.table === 'gaps' ? total + part.rows : total), 0)
    last = { flush: i + 1, at, parts, produced: stored + dropped, stored, buffered: 0, dropped, gaps }
    const formatted = formatJournalLine(last, sum)
    text += formatted.line
    sum = formatted.sum
  }
  return { text, sum, lines: rounds.length, last }
}

function manifestOf(
  plan: RecordingPlan,
  end: {
    readonly endedAt: string
    readonly parts: number
    readonly lines: number
    readonly sum: string
    readonly last: JournalEntry | null
  },
): RecordingManifest {
  const { run, drops = [] } = plan
  const { stored = 0, gaps = 0 } = end.last ?? {}
  const dropped = droppedBy(plan)
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
      at: end.endedAt,
      endedBy: plan.endedBy,
      produced: stored + dropped,
      stored,
      dropped,
      gaps,
      parts: end.parts,
      drops: drops.map((drop): RecordedDrop => ({ ...drop, from: formatMicros(drop.from), to: formatMicros(drop.to) })),
      journal: { lines: end.lines, sum: end.sum },
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
