import type { DuckDBConnection } from '@duckdb/node-api'
import type { EpochMicros } from '../readings/time.js'
import { columnsOf, EXCHANGE_TABLE_NAMES, type ExchangeTable } from './exchange-tables.js'
import type { LeftOut } from './export-job.js'

/** What the user says of columns that are not ours; nothing of it is guessed. */
export interface ColumnMapping {
  readonly time: string | undefined
  /** The column that names the sensor. */
  readonly sensor: string | undefined
  /** The sensor of all rows, or of a waveform, where no column names it. */
  readonly name: string | undefined
  /** Columns of values. In the long form one; in the wide form each is a sensor, all but the time where none is named. */
  readonly values: readonly string[]
  readonly form: 'long' | 'wide'
  /** Units as stated: `°C` for all, `HEADING=°C` for one sensor. */
  readonly units: readonly string[]
  readonly unitColumn: string | undefined
  /** rfc3339, unix-s, unix-ms, unix-us, unix-ns, excel, or a pattern of strptime. */
  readonly timeFormat: string | undefined
  /** Of times that do not say theirs: UTC, Europe/Berlin, +01:00. */
  readonly zone: string | undefined
  readonly decimal: 'point' | 'comma'
  readonly delimiter: string | undefined
  /** Texts that stand for "no value". */
  readonly missing: readonly string[]
  /** Waveforms: time of the first sample, and samples a second, where the file does not say. */
  readonly startedAt: EpochMicros | undefined
  readonly sampleRateHz: number | undefined
}

/** One import under way. Rows are gathered in tables of a database of our own, on the disk. */
export interface ImportJob {
  readonly connection: DuckDBConnection
  readonly mapping: ColumnMapping
  /** A folder that goes when the import ends. */
  readonly folder: string
  readonly signal: AbortSignal
  readonly limits: { readonly timeoutMs: number; readonly memoryMb: number }
  readonly progress: (progress: { readonly done: number; readonly total: number; readonly what: string }) => void
  readonly notes: string[]
  readonly left: LeftOut[]
}

/** The table that rows are gathered in. */
export function staged(table: ExchangeTable): string {
  return `stage.${table}`
}

export async function createStage(connection: DuckDBConnection): Promise<void> {
  for (const table of EXCHANGE_TABLE_NAMES) {
    const columns = columnsOf(table).map(([name, type]) => `${name} ${type}`)
    await connection.run(`CREATE TABLE ${staged(table)} (${columns.join(', ')})`)
  }
}
