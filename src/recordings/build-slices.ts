import type { DuckDBConnection } from '@duckdb/node-api'
import { type PartTable, WAVEFORM_ROW_SAMPLES } from '../readings/recording-layout.js'
import { BLOCK_TIME } from './block-time.js'
import { betweenSql } from './sql-text.js'

/** A part of so many rows is sorted in a few hundred MB of memory. */
const ROWS_A_PART = 2_000_000
const WAVEFORM_ROWS_A_PART = 8192

/** A table cut into SELECTs by time, each small enough to be sorted at once. */
export interface SlicedTable {
  readonly rows: number
  /** Rows without a time belong to no slice. */
  readonly timeless: number
  readonly selects: readonly string[]
}

/**
 * Reads the times of a table once or twice; each slice reads what it needs of it again.
 * @param source.times  a SELECT with the same times and perhaps more rows.
 */
export async function sliceTable(
  connection: DuckDBConnection,
  { table, select, times }: { readonly table: PartTable; readonly select: string; readonly times: string },
): Promise<SlicedTable> {
  const isWaveform = table.startsWith('waveforms')
  const time = isWaveform ? BLOCK_TIME : table === 'gaps' ? 'from_time' : 'time'
  const longest = isWaveform ? `max(CASE WHEN sample_rate_hz > 0 THEN fragments * ${WAVEFORM_ROW_SAMPLES} / sample_rate_hz * 1e6 END)` : '0'
  const counted = await connection.runAndReadAll(`SELECT count(*), count(*) - count(${time}), ${longest} FROM (${times})`)
  const [rows = 0, timeless = 0, longestMicros = 0] = (counted.getRows()[0] ?? []).map(Number)
  const pieces = Math.ceil(rows / (isWaveform ? WAVEFORM_ROWS_A_PART : ROWS_A_PART))
  if (pieces <= 1) return { rows, timeless, selects: rows === 0 ? [] : [select] }
  const cuts = await quantiles(connection, `SELECT epoch_us(${time}) AS micros FROM (${times})`, pieces)
  const bounds = [Number.NEGATIVE_INFINITY, ...cuts, Number.POSITIVE_INFINITY]
  const selects = bounds.slice(0, -1).map((from, i) => {
    const to = bounds[i + 1] ?? Number.POSITIVE_INFINITY
    // The plain condition on the column lets DuckDB skip row groups by their statistics.
    const roughly = isWaveform ? betweenSql({ from, to: to + longestMicros + 1 }) : ''
    return `SELECT * FROM (${select}) WHERE true ${betweenSql({ from, to }, time)} ${roughly}`
  })
  return { rows, timeless, selects }
}

/** Times that cut the rows into about equal pieces; one wild time among them moves no other. */
async function quantiles(connection: DuckDBConnection, times: string, pieces: number): Promise<number[]> {
  const shares = Array.from({ length: pieces - 1 }, (_, i) => (i + 1) / pieces)
  const result = await connection.runAndReadAll(`SELECT unnest(approx_quantile(micros, [${shares.join(', ')}])::DOUBLE[]) FROM (${times})`)
  return [...new Set(result.getRows().map(([at]) => Math.floor(Number(at))))].toSorted((a, b) => a - b)
}
