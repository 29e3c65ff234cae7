import type { DuckDBConnection } from '@duckdb/node-api'
import type { RecordingView } from '../recordings/open-recording.js'
import type { ExchangeTable, RowSelection } from './exchange-tables.js'
import type { OutputFiles } from './output-files.js'

/** What a format could not take along, by count; never left out in silence. */
export interface LeftOut {
  readonly what: string
  readonly count: number
  readonly because: string
}

/** One export under way; what a writer of a format needs, and where it says what it did. */
export interface ExportJob {
  readonly view: RecordingView
  readonly selection: RowSelection
  readonly connection: DuckDBConnection
  /** A SELECT with exactly the columns of the table, each. */
  readonly tables: Readonly<Record<ExchangeTable, string>>
  /** Rows of each table. */
  readonly rows: Readonly<Record<ExchangeTable, number>>
  /** As the user wrote it. */
  readonly to: string
  readonly output: OutputFiles
  readonly signal: AbortSignal
  readonly progress: (progress: { readonly done: number; readonly total: number; readonly what: string }) => void
  readonly notes: string[]
  readonly left: LeftOut[]
}

/** The tables that have rows, of those a format can carry; the others are told as left out. */
export function carriedTables(job: ExportJob, carried: readonly ExchangeTable[], format: string): ExchangeTable[] {
  for (const [table, count] of Object.entries(job.rows) as [ExchangeTable, number][]) {
    if (count === 0 || carried.includes(table)) continue
    job.left.push({ what: table, count, because: `${format} has no place for them` })
  }
  return carried.filter((table) => job.rows[table] > 0)
}
