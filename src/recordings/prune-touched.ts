import type { DuckDBConnection } from '@duckdb/node-api'
import type { PartTable } from '../readings/recording-layout.js'
import { parseMicros } from '../readings/time.js'
import type { RecordingPart, RecordingView } from './open-recording.js'
import { countOfRowsSql } from './part-count.js'
import { type Horizon, horizonOfTable, timeOfRow } from './prune-horizon.js'
import { notSparedSql, type Spared } from './prune-spared.js'
import { betweenSql, sqlText } from './sql-text.js'

/** A part of which something goes. */
export interface TouchedPart {
  readonly part: RecordingPart
  /** Rows, and the readings or blocks among them. */
  readonly gone: { readonly rows: number; readonly count: number }
  readonly stays: number
}

/** The parts that have rows before the horizon; only those that have rows on both sides of it are opened. */
export async function touchedParts(
  connection: DuckDBConnection,
  view: RecordingView,
  { horizon, spared }: { readonly horizon: Horizon; readonly spared: Spared },
): Promise<TouchedPart[]> {
  const touched: TouchedPart[] = []
  for (const part of view.parts) {
    const bound = horizonOfTable(part.table, horizon)
    if ((parseMicros(part.from) ?? 0) >= bound) continue
    const mayStay = part.table === 'readings' && spared.sensors.length > 0
    const isOver = (parseMicros(part.to) ?? 0) < (mayStay ? horizon.all : bound)
    const gone = isOver ? { rows: part.rows, count: part.count } : await rowsGoing(connection, part, goingSql(part.table, horizon, spared))
    if (gone.rows > 0) touched.push({ part, gone, stays: part.rows - gone.rows })
  }
  return touched
}

/** A condition on the rows that go. */
export function goingSql(table: PartTable, horizon: Horizon, spared: Spared): string {
  const old = (bound: number) => `(true ${betweenSql({ to: bound }, timeOfRow(table))})`
  const due = old(horizonOfTable(table, horizon))
  if (table !== 'readings' || spared.sensors.length === 0) return due
  return `((${due} ${notSparedSql(spared)}) OR ${Number.isFinite(horizon.all) ? old(horizon.all) : 'false'})`
}

async function rowsGoing(connection: DuckDBConnection, part: RecordingPart, going: string): Promise<TouchedPart['gone']> {
  const result = await connection.runAndReadAll(
    `SELECT count(*), ${countOfRowsSql(part.table)} FROM read_parquet(${sqlText(part.path)}) WHERE ${going}`,
  )
  const [rows = 0, count = 0] = (result.getRows()[0] ?? []).map(Number)
  return { rows, count }
}
