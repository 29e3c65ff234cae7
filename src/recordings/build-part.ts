import { rm } from 'node:fs/promises'
import type { DuckDBConnection } from '@duckdb/node-api'
import { PART_TABLES, type PartEntry, type PartTable } from '../readings/recording-layout.js'
import { formatMicros } from '../readings/time.js'
import { sealFile } from './file-sum.js'
import { runUntilAborted } from './interruptible-run.js'
import { countOfRowsSql } from './part-count.js'
import { valueSql } from './part-rows.js'
import { sqlText } from './sql-text.js'

/** DuckDB holds a row group in memory until it is whole; a row of samples takes up to 16 kB. */
const ROW_GROUP_ROWS = 122_880
const WAVEFORM_ROW_GROUP_ROWS = 2048

/** ECMA-262: a Date reaches 8.64e15 ms to either side. */
const MAX_EPOCH_MICROS = 8.64e18

export interface PartPlan {
  readonly connection: DuckDBConnection
  readonly table: PartTable
  /** A SELECT with the columns of the table, in any order. */
  readonly select: string
  /** The name that it will have in the journal. */
  readonly name: string
  /** Where it is written to. */
  readonly path: string
  readonly signal: AbortSignal
}

/** Writes one part, sorted by sensor and time, durably. @returns what the journal says of it; null where there are no rows, and then no file. */
export async function buildPart(plan: PartPlan): Promise<PartEntry | null> {
  const { connection, table, path, signal } = plan
  const groupRows = table.startsWith('waveforms') ? WAVEFORM_ROW_GROUP_ROWS : ROW_GROUP_ROWS
  await runUntilAborted(connection, signal, () =>
    connection.run(
      `COPY (${typedSql(table, plan.select)} ORDER BY ${orderOf(table)})
       TO ${sqlText(path)} (FORMAT parquet, COMPRESSION zstd, PARQUET_VERSION v2, ROW_GROUP_SIZE ${groupRows})`,
    ),
  )
  const part = await describePart({ ...plan, read: 'outline' })
  if (part === null) await rm(path, { force: true })
  return part
}

/**
 * What the journal says of a file; null where it has no rows. It is on the disk afterwards.
 * @param plan.read  `all` decodes every value, so that a file that is damaged inside is refused by DuckDB.
 */
export async function describePart(
  plan: Omit<PartPlan, 'select' | 'signal'> & { readonly read: 'outline' | 'all' },
): Promise<PartEntry | null> {
  const { connection, table, path, name } = plan
  const [first, last] = spanOf(table)
  const written = await connection.runAndReadAll(
    `SELECT count(*), ${countOfRowsSql(table)}, epoch_us(min(${first}))::DOUBLE, epoch_us(max(${last}))::DOUBLE, ${plan.read === 'all' ? 'bit_xor(hash(part))' : 'NULL'}
     FROM (${typedSql(table, `SELECT * FROM read_parquet(${sqlText(path)})`)}) part`,
  )
  const [rows = 0, count = 0, from = 0, to = 0] = (written.getRows()[0] ?? []).map(Number)
  if (rows === 0) return null
  return { name, table, rows, count, from: timeText(from), to: timeText(to), ...(await sealFile(path)) }
}

/** Exactly the columns of the table, in its order and types; what was counted is counted anew. A source that lacks another is refused by DuckDB. */
export function typedSql(table: PartTable, select: string): string {
  const columns = Object.entries(PART_TABLES[table]).map(([column, type]) => `${valueSql(column)}::${type} AS ${column}`)
  return `SELECT ${columns.join(', ')} FROM (${select})`
}

/** A reader of one sensor then opens a few row groups; the pieces of a block follow one another. */
function orderOf(table: PartTable): string {
  if (table === 'gaps') return 'from_time, to_time'
  if (table === 'events') return 'time'
  return table.startsWith('waveforms') ? 'sensor, time, sequence, fragment' : 'sensor, time'
}

function spanOf(table: PartTable): readonly [first: string, last: string] {
  return table === 'gaps' ? ['least(from_time, to_time)', 'greatest(from_time, to_time)'] : ['time', 'time']
}

function timeText(at: number): string {
  return formatMicros(Math.min(Math.max(at, -MAX_EPOCH_MICROS), MAX_EPOCH_MICROS))
}
