import { rm } from 'node:fs/promises'
import type { DuckDBConnection } from '@duckdb/node-api'
import { PART_TABLES, type PartEntry, type PartTable } from '../readings/recording-layout.js'
import { parseMicros } from '../readings/time.js'
import { type ConcatenatedFile, concatParquet } from './concat-parquet.js'
import { runUntilAborted } from './interruptible-run.js'
import { MergeError } from './merge-error.js'
import type { RecordingPart } from './open-recording.js'
import { valueSql } from './part-rows.js'
import { problemOfBytes } from './part-sum.js'
import { sqlText } from './sql-text.js'

/** DuckDB's usual size; a row group of readings takes 10 MB while it is sorted. */
const GROUP_ROWS = 122_880
/** How many row groups are sorted in memory at once. Each slice reads what it is a slice of anew, so that few slices are faster. */
const SLICE_GROUPS = { little: 1, ample: 16 } as const
/** Rows of up to 16 kB. */
const WAVEFORM_SLICE_ROWS = 512
/** Row groups of samples as large as this are copied as they are; smaller ones would be more footer than samples. */
const LARGE_GROUP_BYTES = 32 * 1024

/** A part that is not committed yet, so that it has no name. */
export type MergedPart = Omit<PartEntry, 'name'>

export interface Merge {
  /** Of one table; at least two. */
  readonly parts: readonly RecordingPart[]
  /** Where the merged file is to lie; names that begin so are used meanwhile. */
  readonly path: string
  readonly connection: DuckDBConnection
  /** How much of it the connection may take: 200 MB, or 1 GB. */
  readonly memory: keyof typeof SLICE_GROUPS
  readonly signal: AbortSignal
}

/**
 * Merges parts into one that is sorted by sensor and time, rows of the same time as they were written. A sensor range at a time is
 * read, sorted and written; the pieces are put behind one another without decoding them. Waveforms in large row groups are copied as
 * they are. The result is on the disk under `path`; after a failure nothing of it is left.
 *
 * @returns the damaged part instead where one is: what is damaged must not get a right sum.
 * @throws Fault INTERRUPTED; what DuckDB and the file system say.
 */
export async function mergeParts(merge: Merge): Promise<MergedPart | { readonly damaged: RecordingPart; readonly problem: string }> {
  for (const part of merge.parts) {
    merge.signal.throwIfAborted()
    const problem = await problemOfBytes(part, merge.signal)
    if (problem !== null) return { damaged: part, problem }
  }
  try {
    const [first] = merge.parts
    if (first === undefined) throw new MergeError('there is nothing to merge')
    const file =
      (hasLargeGroups(merge.parts) ? await concatParquet(pathsOf(merge), merge.path, merge.signal) : null) ??
      (await sorted(merge, first.table))
    const rows = merge.parts.reduce((sum, part) => sum + part.rows, 0)
    if (file.rows !== rows) throw new MergeError(`${rows} rows became ${file.rows}`)
    return {
      table: first.table,
      rows,
      count: merge.parts.reduce((sum, part) => sum + part.count, 0),
      from: merge.parts.map(({ from }) => from).reduce((a, b) => ((parseMicros(b) ?? 0) < (parseMicros(a) ?? 0) ? b : a)),
      to: merge.parts.map(({ to }) => to).reduce((a, b) => ((parseMicros(b) ?? 0) > (parseMicros(a) ?? 0) ? b : a)),
      bytes: file.bytes,
      sha256: file.sha256,
    }
  } catch (thrown) {
    await rm(merge.path, { force: true })
    throw thrown
  }
}

function hasLargeGroups(parts: readonly RecordingPart[]): boolean {
  const bytes = parts.reduce((sum, part) => sum + part.bytes, 0)
  return parts[0]?.table.startsWith('waveforms') === true && bytes / parts.length >= LARGE_GROUP_BYTES
}

async function sorted(merge: Merge, table: PartTable): Promise<ConcatenatedFile> {
  const { connection, signal, path } = merge
  const columns = Object.keys(PART_TABLES[table])
  const values = Object.entries(PART_TABLES[table]).map(([name, type]) => `${valueSql(name)}::${type} AS ${name}`)
  const order = [columns.includes('sensor') ? 'sensor' : null, table === 'gaps' ? 'from_time' : 'time', 'file_index', 'file_row_number']
  const source = `read_parquet([${pathsOf(merge).map(sqlText).join(', ')}], file_row_number = true)`
  const slices = columns.includes('sensor') ? await slicesOf(merge, { table, source }) : ['true']
  const pieces: string[] = []
  try {
    for (const [i, slice] of slices.entries()) {
      const piece = `${path}-${i}`
      pieces.push(piece)
      await runUntilAborted(connection, signal, () =>
        connection.run(
          `COPY (SELECT ${values.join(', ')} FROM ${source} WHERE ${slice} ORDER BY ${order.filter((one) => one !== null).join(', ')})
           TO ${sqlText(piece)} (FORMAT parquet, COMPRESSION zstd, PARQUET_VERSION v2, ROW_GROUP_SIZE ${GROUP_ROWS})`,
        ),
      )
    }
    const file = await concatParquet(pieces, path, signal)
    if (file === null) throw new MergeError('the pieces of one part have different columns')
    return file
  } finally {
    await Promise.all(pieces.map((piece) => rm(piece, { force: true })))
  }
}

/** Conditions that share the rows out into slices of about the same size, in the order of sensor and time. */
async function slicesOf(
  { connection, signal, memory }: Merge,
  { table, source }: { readonly table: PartTable; readonly source: string },
): Promise<string[]> {
  const sliceRows = table.startsWith('waveforms') ? WAVEFORM_SLICE_ROWS : SLICE_GROUPS[memory] * GROUP_ROWS
  const counted = await runUntilAborted(connection, signal, () =>
    connection.runAndReadAll(`SELECT sensor, count(*)::DOUBLE FROM ${source} GROUP BY sensor ORDER BY sensor`),
  )
  const slices: string[] = []
  let open: { readonly first: string; last: string; rows: number } | null = null
  const close = () => {
    if (open !== null) slices.push(`sensor BETWEEN ${sqlText(open.first)} AND ${sqlText(open.last)}`)
    open = null
  }
  for (const [key, count] of counted.getRows()) {
    const [sensor, rows] = [String(key), Number(count)]
    if (open !== null && open.rows + rows > sliceRows) close()
    if (rows > sliceRows)
      slices.push(...(await slicesOfSensor({ connection, signal, source, sensor, pieces: Math.ceil(rows / sliceRows) })))
    else if (open === null) open = { first: sensor, last: sensor, rows }
    else {
      open.last = sensor
      open.rows += rows
    }
  }
  close()
  return slices
}

async function slicesOfSensor(cut: {
  readonly connection: DuckDBConnection
  readonly signal: AbortSignal
  readonly source: string
  readonly sensor: string
  readonly pieces: number
}): Promise<string[]> {
  const { connection, signal, source, sensor, pieces } = cut
  const shares = Array.from({ length: pieces - 1 }, (_, i) => (i + 1) / pieces)
  const result = await runUntilAborted(connection, signal, () =>
    connection.runAndReadAll(
      `SELECT unnest(approx_quantile(epoch_us(time), [${shares.join(', ')}])) AS bound FROM ${source} WHERE sensor = ${sqlText(sensor)}`,
    ),
  )
  const bounds = [...new Set(result.getRows().map(([bound]) => BigInt(String(bound))))].toSorted((a, b) => (a < b ? -1 : 1))
  const edges = [null, ...bounds, null]
  return edges.slice(0, -1).map((from, i) => {
    const to = edges[i + 1] ?? null
    const low = from === null ? '' : ` AND epoch_us(time) >= ${from}`
    const high = to === null ? '' : ` AND epoch_us(time) < ${to}`
    return `sensor = ${sqlText(sensor)}${low}${high}`
  })
}

function pathsOf({ parts }: Merge): string[] {
  return parts.map(({ path }) => path)
}
