import { extname } from 'node:path'
import type { DuckDBConnection } from '@duckdb/node-api'
import { Fault, reasonOf } from '../../faults/fault.js'
import { sqlText } from '../../recordings/sql-text.js'
import { unreadable } from '../unreadable.js'
import { isWithoutNumbers } from './is-without-numbers.js'

const MOST_COLUMNS = 4096
const NO_NUMBERS = 'it holds no column of numbers'
const NUMBERS = /^(TINYINT|SMALLINT|INTEGER|BIGINT|HUGEINT|UTINYINT|USMALLINT|UINTEGER|UBIGINT|FLOAT|DOUBLE|DECIMAL.*)$/
const MOMENTS = /^(TIMESTAMP|TIMESTAMP_NS|TIMESTAMP_MS|TIMESTAMP_S|TIMESTAMP WITH TIME ZONE)$/

export interface TableColumn {
  readonly name: string
  readonly kind: 'number' | 'moment' | 'other'
}

/** A file that DuckDB reads as a table. */
export interface TableSource {
  readonly path: string
  /** What to select from. */
  readonly sql: string
  readonly columns: readonly TableColumn[]
}

/** @throws Fault NO_MEASUREMENT where it is notes or names; WAVEFORM_FILE_UNREADABLE where numbers stand in it that cannot be taken apart. */
export async function tableSource(connection: DuckDBConnection, path: string): Promise<TableSource> {
  const file = sqlText(path.replaceAll(/[[*?]/g, '[$&]'))
  const isParquet = /^\.(parquet|pq)$/.test(extname(path).toLowerCase())
  const csv = (more: string) => `read_csv(${file}, null_padding = false, sample_size = 20480${more})`
  // Where commas are decimal, the sniffer takes them for separators.
  const comma = (delimiter: string) => csv(`, decimal_separator = ',', delim = '${delimiter}'`)
  const readers = isParquet ? [`read_parquet(${file})`] : [csv(''), comma(';'), comma('\\t')]
  let best: TableSource | null = null
  let refusal: unknown = null
  for (const sql of readers) {
    try {
      const source = { path, sql, columns: await columnsOf(connection, path, sql) }
      if (best === null || cleanness(source) > cleanness(best)) best = source
    } catch (thrown) {
      refusal ??= thrown
    }
  }
  if (best !== null && isOfResults(best)) throw noMeasurement(path, 'it holds results of analyze vibration')
  if (best?.columns.some(({ kind }) => kind === 'number') === true) return best
  if (isParquet ? best !== null : await isWithoutNumbers(path)) throw noMeasurement(path, NO_NUMBERS)
  throw best === null ? refusal : unreadable(path, NO_NUMBERS)
}

/** As resultsToParquet makes them. */
function isOfResults({ columns }: TableSource): boolean {
  return ['path', 'channel', 'sample_rate_hz', 'json'].every((wanted) => columns.some(({ name }) => name === wanted))
}

function noMeasurement(path: string, because: string): Fault {
  return new Fault('NO_MEASUREMENT', { message: `${path} holds no measurement`, where: { file: path }, because })
}

/** The wrong decimal sign or separator leaves texts, or columns that the sniffer had to name itself. */
function cleanness({ columns }: TableSource): number {
  const numbers = columns.filter(({ kind }) => kind !== 'other').length
  return numbers - (columns.length - numbers) - columns.filter(({ name }) => /^column\d+$/.test(name)).length / 2
}

async function columnsOf(connection: DuckDBConnection, path: string, sql: string): Promise<TableColumn[]> {
  const described = await connection.runAndReadAll(`DESCRIBE SELECT * FROM ${sql}`).catch((thrown: unknown) => {
    throw unreadable(path, tableReason(thrown))
  })
  const rows = described.getRows()
  if (rows.length > MOST_COLUMNS) throw unreadable(path, `${rows.length} columns are more than ${MOST_COLUMNS}`)
  return rows.map(([name, type]) => ({ name: String(name), kind: kindOf(String(type)) }))
}

function kindOf(type: string): TableColumn['kind'] {
  if (NUMBERS.test(type)) return 'number'
  return MOMENTS.test(type) ? 'moment' : 'other'
}

/** The first lines of what DuckDB says: the rest quotes its own options. */
export function tableReason(thrown: unknown): string {
  return reasonOf(thrown)
    .split('\n')
    .filter((line) => line.trim() !== '')
    .slice(0, 2)
    .join(' ')
    .slice(0, 300)
}

export function quotedName(name: string): string {
  return `"${name.replaceAll('"', '""').replaceAll('\0', '')}"`
}
