import type { DuckDBConnection } from '@duckdb/node-api'
import { QUALITY } from '../readings/quality.js'
import { PART_TABLES, type PartEntry } from '../readings/recording-layout.js'
import { parseMicros } from '../readings/time.js'
import { openDuckdb } from './duckdb-session.js'
import { valueSql } from './part-rows.js'
import { isRaw } from './prune-horizon.js'
import { betweenSql, sqlText } from './sql-text.js'

/**
 * What can still be read of a damaged part, a row group at a time, as a SELECT; null where nothing can. Rows at other times than the journal
 * says of the part, or of sensors that nobody knows, are not among it. A flipped bit may have changed a value without anybody noticing, so
 * good values become uncertain.
 */
export async function salvageSql(
  damaged: { readonly part: PartEntry; readonly path: string },
  sensors: readonly string[],
): Promise<string | null> {
  const { part, path } = damaged
  const readable: string[] = []
  for (const [from, to] of await rowGroups(path)) {
    const select = groupSql(path, part, { from, to })
    if (await isReadable(select)) readable.push(select)
  }
  if (readable.length === 0) return null
  const time = part.table === 'gaps' ? 'from_time' : 'time'
  const range = { from: parseMicros(part.from) ?? Number.NEGATIVE_INFINITY, to: (parseMicros(part.to) ?? Number.POSITIVE_INFINITY) + 1 }
  const known = 'sensor' in PART_TABLES[part.table] ? `AND sensor IN (${['', ...sensors].map(sqlText).join(', ')})` : ''
  const rows = `FROM (${readable.join(' UNION ALL ')}) WHERE ${time} IS NOT NULL ${betweenSql(range, time)} ${known}`
  if (!isRaw(part.table)) return `SELECT * ${rows}`
  return `SELECT * REPLACE (CASE WHEN quality = ${QUALITY.good} THEN ${QUALITY.unverified} ELSE quality END AS quality) ${rows}`
}

function groupSql(path: string, { table }: PartEntry, { from, to }: { readonly from: number; readonly to: number }): string {
  const columns = Object.entries(PART_TABLES[table]).map(([name, type]) => `${valueSql(name)}::${type} AS ${name}`)
  return `SELECT ${columns.join(', ')} FROM read_parquet(${sqlText(path)}, file_row_number = true) WHERE file_row_number >= ${from} AND file_row_number < ${to}`
}

/** First and last row of each row group, as far as the footer can be read. */
async function rowGroups(path: string): Promise<(readonly [from: number, to: number])[]> {
  return await withFresh(async (connection) => {
    const result = await connection.runAndReadAll(
      `SELECT row_group_id, any_value(row_group_num_rows)::DOUBLE FROM parquet_metadata(${sqlText(path)}) GROUP BY 1 ORDER BY 1`,
    )
    let from = 0
    return result.getRows().map(([, rows]) => [from, (from += Number(rows))] as const)
  }, [])
}

async function isReadable(select: string): Promise<boolean> {
  return await withFresh(async (connection) => {
    await connection.run(`SELECT bit_xor(hash(part)) FROM (${select}) part`)
    return true
  }, false)
}

/** What is damaged may break the DuckDB that reads it. */
async function withFresh<T>(read: (connection: DuckDBConnection) => Promise<T>, otherwise: T): Promise<T> {
  const session = await openDuckdb({ memoryLimitMb: 1024 })
  try {
    return await read(session.connection)
  } catch {
    return otherwise
  } finally {
    session.close()
  }
}
