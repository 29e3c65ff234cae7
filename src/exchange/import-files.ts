import { mkdir, rm, stat } from 'node:fs/promises'
import { basename, dirname, join, resolve } from 'node:path'
import process from 'node:process'
import { PART_TABLE_NAMES, type PartTable, TEMPORARY_PREFIX } from '../readings/recording-layout.js'
import { buildRecording } from '../recordings/build-recording.js'
import { openDuckdb } from '../recordings/duckdb-session.js'
import { refuseWhenAborted } from '../recordings/interruptible-run.js'
import { sqlText } from '../recordings/sql-text.js'
import { numberOf } from './copy-out.js'
import { type ExchangeFormat, formatOf } from './exchange-format.js'
import { columnsOf } from './exchange-tables.js'
import type { LeftOut } from './export-job.js'
import { type ColumnMapping, createStage, type ImportJob, staged } from './import-job.js'
import { importInvalid } from './import-problem.js'
import { importedAssets, importedSensors } from './imported-sensors.js'

export interface ImportRequest {
  readonly files: readonly string[]
  /** The folder of the recording; must not exist, or be empty. */
  readonly out: string
  readonly format: ExchangeFormat | undefined
  readonly mapping: ColumnMapping
  /** Of the process that reads foreign Parquet and DuckDB files. */
  readonly limits: ImportJob['limits']
  readonly tool: string
  readonly signal: AbortSignal
  readonly progress?: ImportJob['progress']
}

export interface ImportSummary {
  readonly schema: 'chatterfix/import/1'
  readonly recording: string
  readonly files: readonly { readonly path: string; readonly format: ExchangeFormat }[]
  readonly rows: Readonly<Record<PartTable, number>>
  readonly sensors: number
  readonly parts: number
  readonly bytes: number
  readonly left: readonly LeftOut[]
  readonly notes: readonly string[]
}

const MEMORY_LIMIT_MB = 1536

/**
 * Makes a recording out of files of other programs. Rows are gathered on the disk beside it; it appears as a whole or not at all.
 *
 * @throws Fault IMPORT_INVALID, IMPORT_UNCLEAR, IMPORT_LIMIT, EXCHANGE_FORMAT_UNKNOWN, WAVEFORM_FILE_UNREADABLE, RECORDING_EXISTS,
 * RECORDING_NOT_WRITABLE, FILE_NOT_FOUND, INTERRUPTED.
 */
export async function importFiles(request: ImportRequest): Promise<ImportSummary> {
  const files = request.files.map((path) => ({ path, format: formatOf(path, request.format) }))
  for (const { path } of files) await stat(path)
  const out = resolve(request.out)
  const folder = join(dirname(out), `${TEMPORARY_PREFIX}import-${process.pid}-${crypto.randomUUID().slice(0, 8)}`)
  await mkdir(folder, { recursive: true })
  const session = await openDuckdb({ memoryLimitMb: MEMORY_LIMIT_MB })
  try {
    const { connection } = session
    // What is written once and read once or twice is not worth packing.
    await connection.run("SET force_compression = 'uncompressed'")
    await connection.run(`ATTACH ${sqlText(join(folder, 'stage.duckdb'))} AS stage`)
    await createStage(connection)
    const { mapping, signal, limits, progress = () => {} } = request
    const job: ImportJob = { connection, mapping, folder, signal, limits, progress, notes: [], left: [] }
    for (const { path, format } of files) {
      refuseWhenAborted(signal)
      await importOne(job, path, format)
    }
    return await built(request, job, { out, files })
  } finally {
    session.close()
    await rm(folder, { recursive: true, force: true })
  }
}

async function importOne(job: ImportJob, path: string, format: ExchangeFormat): Promise<void> {
  switch (format) {
    case 'csv':
      return await (await import('./import-csv.js')).importCsv(job, path)
    case 'jsonl':
      return await (await import('./import-json-lines.js')).importJsonLines(job, path)
    case 'parquet':
    case 'duckdb':
      return await (await import('./import-foreign.js')).importForeign(job, path, format)
    case 'influx':
      return await (await import('./import-line-protocol.js')).importLineProtocol(job, path)
    case 'xlsx':
      return await (await import('./import-workbook.js')).importWorkbook(job, path)
    case 'wav':
    case 'mat':
    case 'uff':
    case 'uff-ascii':
    case 'raw':
      return await (await import('./import-waveforms.js')).importWaveforms(job, path)
  }
}

async function built(
  request: ImportRequest,
  job: ImportJob,
  { out, files }: { readonly out: string; readonly files: ImportSummary['files'] },
): Promise<ImportSummary> {
  const { connection, signal, progress, notes, left } = job
  for (const table of ['readings', 'waveforms', 'waveforms64'] as const)
    await connection.run(`UPDATE ${staged(table)} SET received = time WHERE received IS NULL`)
  const sensors = await importedSensors(connection)
  const firsts = PART_TABLE_NAMES.map((table) => `SELECT min(${table === 'gaps' ? 'from_time' : 'time'}) AS first_at FROM ${staged(table)}`)
  const first = await numberOf(connection, `SELECT epoch_us(min(first_at))::DOUBLE FROM (${firsts.join(' UNION ALL ')})`)
  const counts = await Promise.all(PART_TABLE_NAMES.map((table) => numberOf(connection, `SELECT count(*) FROM ${staged(table)}`)))
  if (counts.every((count) => count === 0)) throw importInvalid(files[0]?.path ?? '', 'nothing in it could be taken')
  const select = (table: PartTable) =>
    `SELECT ${columnsOf(table)
      .map(([name]) => name)
      .join(', ')} FROM ${staged(table)}`
  const recording = await buildRecording({
    folder: out,
    run: {
      startedAt: first,
      sensors,
      assets: await importedAssets(connection),
      site: null,
      tool: request.tool,
      purpose: `import of ${files
        .map(({ path }) => basename(path))
        .slice(0, 20)
        .join(', ')}`,
    },
    connection,
    tables: Object.fromEntries(PART_TABLE_NAMES.map((table) => [table, select(table)])),
    endedBy: 'end-of-input',
    signal,
    progress,
  })
  const { parts, bytes, rows } = recording
  return { schema: 'chatterfix/import/1', recording: recording.folder, files, rows, sensors: sensors.length, parts, bytes, left, notes }
}
