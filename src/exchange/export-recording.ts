import { resolve } from 'node:path'
import { Fault, reasonOf } from '../faults/fault.js'
import { counted } from '../readings/counted.js'
import { openDuckdb } from '../recordings/duckdb-session.js'
import { runUntilAborted } from '../recordings/interruptible-run.js'
import { openRecording, type RecordingView } from '../recordings/open-recording.js'
import { recordedSensor } from '../recordings/recorded-sensor.js'
import { unreadablePart } from '../recordings/unreadable-part.js'
import { numberOf } from './copy-out.js'
import { refuseEmptyRange } from './empty-range.js'
import { type ExchangeFormat, formatOf } from './exchange-format.js'
import { EXCHANGE_TABLE_NAMES, type ExchangeTable, type RowSelection, selectTables } from './exchange-tables.js'
import type { ExportJob, LeftOut } from './export-job.js'
import { OutputFiles, type WrittenFile } from './output-files.js'

export interface ExportRequest {
  readonly folder: string
  readonly selection: RowSelection
  /** The file; formats with a file for each table or waveform put the others beside it. */
  readonly to: string
  readonly format: ExchangeFormat | undefined
  readonly existing: 'refuse' | 'replace'
  readonly signal: AbortSignal
  readonly progress?: ExportJob['progress']
}

export interface ExportSummary {
  readonly schema: 'chatterfix/export/1'
  readonly recording: string
  readonly format: ExchangeFormat
  readonly files: readonly WrittenFile[]
  /** Of the recording, as selected. */
  readonly rows: Readonly<Record<ExchangeTable, number>>
  /** Blocks of waveforms as they were measured; `rows` counts the pieces that they are kept in. */
  readonly waveformBlocks: number
  /** What this format could not take along. */
  readonly left: readonly LeftOut[]
  readonly notes: readonly string[]
}

const MEMORY_LIMIT_MB = 1024

/**
 * Writes a recording, or a piece of it, as files that other programs read. Nothing half-written is ever seen under its final name.
 *
 * @throws Fault EXCHANGE_FORMAT_UNKNOWN, EXPORT_EXISTS, EXPORT_NOT_WRITABLE, EXPORT_IMPOSSIBLE, RECORDING_SENSOR_UNKNOWN,
 * RECORDING_UNREADABLE, FILE_NOT_FOUND, INTERRUPTED.
 */
export async function exportRecording(request: ExportRequest): Promise<ExportSummary> {
  const format = formatOf(request.to, request.format)
  const view = await openRecording(request.folder)
  for (const key of request.selection.sensors) recordedSensor(view, key)
  await using output = new OutputFiles(request.existing)
  const session = await openDuckdb({ memoryLimitMb: MEMORY_LIMIT_MB })
  try {
    const { connection } = session
    const { signal, progress = () => {}, to, selection } = request
    const tables = selectTables(view, selection)
    const rows = await runUntilAborted(connection, signal, () => countRows(tables, (sql) => numberOf(connection, sql)))
    const blocks = await runUntilAborted(connection, signal, () => numberOf(connection, blocksSql(tables)))
    const notes = view.missing.length === 0 ? [] : [`${counted(view.missing.length, 'part')} of the recording missing`]
    const job: ExportJob = { view, selection, connection, tables, rows, to, output, signal, progress, notes, left: [] }
    await refuseEmptyRange(job)
    await (await writerOf(format))(job)
    const files = await output.commit()
    return {
      schema: 'chatterfix/export/1',
      recording: view.folder,
      format,
      files,
      rows,
      waveformBlocks: blocks,
      left: job.left,
      notes: job.notes,
    }
  } catch (thrown) {
    throw await asFault(thrown, view, request.to)
  } finally {
    session.close()
  }
}

async function countRows(
  tables: Readonly<Record<ExchangeTable, string>>,
  count: (sql: string) => Promise<number>,
): Promise<Record<ExchangeTable, number>> {
  const rows: Partial<Record<ExchangeTable, number>> = {}
  for (const table of EXCHANGE_TABLE_NAMES) rows[table] = await count(`SELECT count(*) FROM (${tables[table]})`)
  return rows as Record<ExchangeTable, number>
}

/** A block begins with its first fragment; what a selection begins in the middle of counts as well. */
function blocksSql({ waveforms, waveforms64 }: Readonly<Record<ExchangeTable, string>>): string {
  const all = [waveforms, waveforms64].map((select) => `SELECT sensor, fragment FROM (${select})`).join(' UNION ALL ')
  return `SELECT sum(n) FROM (SELECT greatest(1, count(*) FILTER (fragment = 0)) AS n FROM (${all}) GROUP BY sensor)`
}

async function writerOf(format: ExchangeFormat): Promise<(job: ExportJob) => Promise<void>> {
  switch (format) {
    case 'csv':
      return (await import('./write-tables.js')).writeCsv
    case 'parquet':
      return (await import('./write-tables.js')).writeParquet
    case 'jsonl':
      return (await import('./write-tables.js')).writeJsonLines
    case 'duckdb':
      return (await import('./write-tables.js')).writeDuckdb
    case 'influx':
      return (await import('./write-tables.js')).writeLineProtocol
    case 'xlsx':
      return (await import('./write-workbook.js')).writeWorkbook
    case 'wav':
    case 'raw':
    case 'mat':
    case 'uff':
    case 'uff-ascii':
      return (await import('./write-waveforms.js')).waveformWriter(format)
  }
}

/** The disk's own words reach us through DuckDB as texts. */
const OF_THE_DISK =
  /No space left|Read-only file system|Permission denied|Could not write|Input\/output error|Disk quota|Cannot open file|Failed to create/i

async function asFault(thrown: unknown, view: RecordingView, to: string): Promise<unknown> {
  if (thrown instanceof Fault) return thrown
  const reason = reasonOf(thrown)
  const code = (thrown as NodeJS.ErrnoException).code ?? ''
  if (OF_THE_DISK.test(reason) || /^E[A-Z]+$/.test(code)) {
    const file = resolve(to)
    const facts = {
      message: `${file} cannot be written`,
      where: { file },
      because: reason.split('\n')[0] ?? reason,
      advice: { folder: resolve(to, '..') },
    }
    return new Fault('EXPORT_NOT_WRITABLE', { ...facts, cause: thrown })
  }
  return await unreadablePart(view, thrown)
}
