import type { DuckDBConnection } from '@duckdb/node-api'
import type { PartEntry } from '../readings/recording-layout.js'
import type { EpochMicros } from '../readings/time.js'
import { refuseWhenAborted, runUntilAborted } from './interruptible-run.js'
import { unreadable } from './manifest-file.js'
import { partPaths, type RecordingView } from './open-recording.js'
import { storedColumns } from './part-rows.js'
import type { PartScribe } from './part-scribe.js'
import { type Horizon, timeOfRow } from './prune-horizon.js'
import { notSparedSql, type Spared } from './prune-spared.js'
import type { TouchedPart } from './prune-touched.js'
import { tableSql } from './recording-tables.js'
import { rollupBlocksSql } from './rollup-blocks-sql.js'
import { INTERVAL_MICROS, INTERVAL_NAMES } from './rollup-intervals.js'
import { rollupKindOf } from './rollup-kind.js'
import { endsOfDaysSql, rollupSql } from './rollup-sql.js'
import { rollupStore } from './rollup-store.js'
import { betweenSql, sqlText } from './sql-text.js'

/** So many readings are summed up at a time: 500 MB where each is a minute of its own. */
const ROWS_A_TURN = 2_000_000
const BLOCK_ROWS_A_TURN = 500_000

export interface RollupWork {
  readonly view: RecordingView
  readonly touched: readonly TouchedPart[]
  readonly scribe: PartScribe
  readonly horizon: Horizon
  readonly spared: Spared
  readonly progress?: (progress: { readonly done: number; readonly total: number; readonly what: string }) => void
}

/** Days that are summed up at once; the sensors from one to another where one day is too much: parts are sorted, so a range is found without reading the rest. */
interface Turn {
  readonly from: EpochMicros
  readonly to: EpochMicros
  readonly sensors: { readonly first: string; readonly last: string } | null
  readonly rows: number
}

/** The aggregates of all readings and waveforms that go and are not too old for them. @throws Fault RECORDING_UNREADABLE where a reading would not be in them */
export async function summariseRaw(work: RollupWork): Promise<PartEntry[]> {
  return [...(await summariseReadings(work)), ...(await summariseBlocks(work))]
}

async function summariseReadings(work: RollupWork): Promise<readonly PartEntry[]> {
  const { view, scribe, progress } = work
  const rows = summedSql(work, 'readings')
  if (rows === null) return []
  const turns = await turnsOf(scribe.connection, rows, ROWS_A_TURN)
  const total = turns.reduce((sum, turn) => sum + turn.rows, 0)
  const store = await rollupStore(scribe)
  let done = 0
  for (const turn of turns) {
    const mine = turn.sensors === null ? '' : `AND sensor BETWEEN ${sqlText(turn.sensors.first)} AND ${sqlText(turn.sensors.last)}`
    const readings = `SELECT * FROM (${rows}) WHERE true ${betweenSql(turn)} ${mine}`
    const source = { readings, before: endsOfEarlierDays(work, store.days), sensors: view.manifest.sensors }
    for (const interval of INTERVAL_NAMES)
      await runUntilAborted(scribe.connection, scribe.signal, () => store.add(interval, rollupSql(interval, source)))
    done += turn.rows
    progress?.({ done, total, what: 'readings summed up' })
  }
  const { parts, counted } = await store.finish()
  for (const interval of INTERVAL_NAMES)
    if (counted[interval] !== total) throw unreadable(view.folder, `${total} readings would be ${counted[interval]} in ${interval}`)
  return parts
}

async function summariseBlocks(work: RollupWork): Promise<PartEntry[]> {
  const written: PartEntry[] = []
  for (const table of ['waveforms', 'waveforms64'] as const) {
    const rows = summedSql(work, table)
    if (rows === null) continue
    for (const turn of await turnsOf(work.scribe.connection, rows, BLOCK_ROWS_A_TURN)) {
      refuseWhenAborted(work.scribe.signal)
      // Within a block's own length of the bounds the block's beginning decides; the rows that go were chosen so already.
      const block = timeOfRow(table)
      written.push(...(await work.scribe.write('blocks', rollupBlocksSql(`SELECT * FROM (${rows}) WHERE true ${betweenSql(turn, block)}`))))
    }
  }
  return written
}

/** The rows of a raw table that go and are to be summed up; null where there are none. */
function summedSql({ touched, horizon, spared }: RollupWork, table: 'readings' | 'waveforms' | 'waveforms64'): string | null {
  const paths = touched.filter(({ part }) => part.table === table).map(({ part }) => sqlText(part.path))
  if (paths.length === 0) return null
  return `SELECT ${storedColumns(table)} FROM read_parquet([${paths.join(', ')}]) WHERE true ${betweenSql({ from: horizon.all, to: horizon.raw }, timeOfRow(table))} ${table === 'readings' ? notSparedSql(spared) : ''}`
}

/** Whole days until there is enough to do. */
async function turnsOf(connection: DuckDBConnection, rows: string, rowsATurn: number): Promise<Turn[]> {
  const days = await connection.runAndReadAll(
    `SELECT epoch_us(date_trunc('day', time))::DOUBLE, count(*)::DOUBLE FROM (${rows}) GROUP BY 1 ORDER BY 1`,
  )
  const turns: Turn[] = []
  for (const [day, count] of days.getRows().map((row) => row.map(Number) as [number, number])) {
    const to = day + INTERVAL_MICROS.days
    const last = turns.at(-1)
    if (last !== undefined && last.sensors === null && last.rows + count <= rowsATurn) {
      turns[turns.length - 1] = { ...last, to, rows: last.rows + count }
    } else if (count <= rowsATurn) turns.push({ from: day, to, sensors: null, rows: count })
    else turns.push(...(await turnsOfDay(connection, rows, { from: day, to, rowsATurn })))
  }
  return turns
}

async function turnsOfDay(
  connection: DuckDBConnection,
  rows: string,
  day: { readonly from: EpochMicros; readonly to: EpochMicros; readonly rowsATurn: number },
): Promise<Turn[]> {
  const { from, to, rowsATurn } = day
  const result = await connection.runAndReadAll(
    `SELECT sensor, count(*)::DOUBLE FROM (${rows}) WHERE true ${betweenSql(day)} GROUP BY 1 ORDER BY 1`,
  )
  const turns: (Turn & { readonly sensors: { readonly first: string; readonly last: string } })[] = []
  for (const [sensor, count] of result.getRows().map(([key, n]) => [String(key), Number(n)] as const)) {
    const last = turns.at(-1)
    if (last !== undefined && last.rows + count <= rowsATurn)
      turns[turns.length - 1] = { ...last, sensors: { ...last.sensors, last: sensor }, rows: last.rows + count }
    else turns.push({ from, to, sensors: { first: sensor, last: sensor }, rows: count })
  }
  return turns
}

/** What counters said at the end of the days that were summed up before; null where there is no counter. */
function endsOfEarlierDays({ view }: RollupWork, fresh: string): string | null {
  if (!view.manifest.sensors.some((sensor) => rollupKindOf(sensor).kind === 'counter')) return null
  const kept = partPaths(view, 'days').length > 0 ? [endsOfDaysSql(tableSql(view, 'days'))] : []
  return [...kept, endsOfDaysSql(fresh)].join(' UNION ALL ')
}
