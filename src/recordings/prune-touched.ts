import type { DuckDBConnection } from '@duckdb/node-api'
import { parseMicros } from '../readings/time.js'
import type { RecordingPart, RecordingView } from './open-recording.js'
import { countOfRowsSql } from './part-count.js'
import { type Horizon, horizonOfTable, timeOfRow } from './prune-horizon.js'
import { betweenSql, sqlText } from './sql-text.js'

/** A part of which something goes. */
export interface TouchedPart {
  readonly part: RecordingPart
  /** Rows, and the readings or blocks among them. */
  readonly gone: { readonly rows: number; readonly count: number }
  readonly stays: number
}

/** The parts that have rows before the horizon; only those that have rows on both sides of it are opened. */
export async function touchedParts(connection: DuckDBConnection, view: RecordingView, horizon: Horizon): Promise<TouchedPart[]> {
  const touched: TouchedPart[] = []
  for (const part of view.parts) {
    const bound = horizonOfTable(part.table, horizon)
    if ((parseMicros(part.from) ?? 0) >= bound) continue
    const isOver = (parseMicros(part.to) ?? 0) < bound
    const gone = isOver ? { rows: part.rows, count: part.count } : await rowsBefore(connection, part, bound)
    if (gone.rows > 0) touched.push({ part, gone, stays: part.rows - gone.rows })
  }
  return touched
}

async function rowsBefore(connection: DuckDBConnection, part: RecordingPart, bound: number): Promise<TouchedPart['gone']> {
  const result = await connection.runAndReadAll(
    `SELECT count(*), ${countOfRowsSql(part.table)} FROM read_parquet(${sqlText(part.path)}) WHERE true ${betweenSql({ to: bound }, timeOfRow(part.table))}`,
  )
  const [rows = 0, count = 0] = (result.getRows()[0] ?? []).map(Number)
  return { rows, count }
}
