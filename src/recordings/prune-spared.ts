import type { DuckDBConnection } from '@duckdb/node-api'
import { parseMicros } from '../readings/time.js'
import type { RecordingView } from './open-recording.js'
import type { Horizon } from './prune-horizon.js'
import { INTERVAL_MICROS } from './rollup-intervals.js'
import { betweenSql, sqlText } from './sql-text.js'

/** 100 MB where each has a minute of its own. */
const READINGS_A_TURN = 1_000_000

/** Readings that stay although they are old, because their minutes would take more room than they do. */
export interface Spared {
  readonly sensors: readonly string[]
  readonly readings: number
}

/** Sensors of whose readings that are due no two lie in one minute. */
export async function sparedSensors(connection: DuckDBConnection, view: RecordingView, horizon: Horizon): Promise<Spared> {
  const paths = view.parts
    .filter(({ table, from, to }) => table === 'readings' && at(from) < horizon.raw && at(to) >= horizon.all)
    .map(({ path }) => sqlText(path))
  if (paths.length === 0) return { sensors: [], readings: 0 }
  const due = `FROM read_parquet([${paths.join(', ')}]) WHERE true ${betweenSql({ from: horizon.all, to: horizon.raw })}`
  // Cheap first: whoever has more readings than its time has minutes need not be looked at closely.
  const few = await countsOf(
    connection,
    `SELECT sensor, count(*) ${due} GROUP BY 1 HAVING count(*) <= (epoch_us(max(time)) - epoch_us(min(time))) // ${INTERVAL_MICROS.minutes} + 2 ORDER BY 1`,
  )
  const spared: Counted[] = []
  for (const turn of turnsOf(few)) {
    const mine = `AND sensor IN (${turn.map(({ sensor }) => sqlText(sensor)).join(', ')})`
    const alone = `HAVING count(*) = count(DISTINCT date_trunc('minute', time))`
    spared.push(...(await countsOf(connection, `SELECT sensor, count(*) ${due} ${mine} GROUP BY 1 ${alone}`)))
  }
  return { sensors: spared.map(({ sensor }) => sensor), readings: spared.reduce((sum, { readings }) => sum + readings, 0) }
}

interface Counted {
  readonly sensor: string
  readonly readings: number
}

async function countsOf(connection: DuckDBConnection, sql: string): Promise<Counted[]> {
  const result = await connection.runAndReadAll(sql)
  return result.getRows().map(([sensor, readings]) => ({ sensor: String(sensor), readings: Number(readings) }))
}

/** Sensors whose minutes are told apart at once. */
function turnsOf(counted: readonly Counted[]): Counted[][] {
  const turns: Counted[][] = []
  let rows = Number.POSITIVE_INFINITY
  for (const one of counted) {
    if (rows + one.readings > READINGS_A_TURN) {
      turns.push([])
      rows = 0
    }
    turns.at(-1)?.push(one)
    rows += one.readings
  }
  return turns
}

/** A condition on readings: not of a sensor that is spared. */
export function notSparedSql({ sensors }: Spared): string {
  return sensors.length === 0 ? '' : `AND sensor NOT IN (${sensors.map(sqlText).join(', ')})`
}

function at(time: string): number {
  return parseMicros(time) ?? 0
}
