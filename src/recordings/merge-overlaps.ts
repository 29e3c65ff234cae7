import type { DuckDBConnection } from '@duckdb/node-api'
import { Fault } from '../faults/fault.js'
import type { PartTable } from '../readings/recording-layout.js'
import { formatMicros } from '../readings/time.js'
import type { MergeSource } from './merge-sources.js'
import { partPaths } from './open-recording.js'

/** A stretch of time in which more than one recording has a sensor. */
export interface SensorOverlap {
  readonly sensor: string
  readonly from: string
  readonly to: string
}

/** Per sensor from the first to the last moment that two recordings share; gaps within are not looked for. */
export async function sensorOverlaps(connection: DuckDBConnection, sources: readonly MergeSource[]): Promise<SensorOverlap[]> {
  const spans = sources.flatMap((source, number) =>
    (['readings', 'waveforms', 'waveforms64'] as const)
      .filter((table) => partPaths(source.view, table).length > 0)
      .map(
        (table) => `SELECT ${number} AS source, sensor, min(time) AS first, max(time) AS last FROM (${source.rows(table)}) GROUP BY sensor`,
      ),
  )
  if (spans.length === 0) return []
  const result = await connection.runAndReadAll(
    `WITH span AS (SELECT source, sensor, min(first) AS first, max(last) AS last FROM (${spans.join(' UNION ALL ')}) GROUP BY ALL)
     SELECT a.sensor, epoch_us(min(greatest(a.first, b.first)))::DOUBLE, epoch_us(max(least(a.last, b.last)))::DOUBLE
     FROM span a JOIN span b ON a.sensor = b.sensor AND a.source < b.source AND a.first <= b.last AND b.first <= a.last
     GROUP BY a.sensor ORDER BY a.sensor`,
  )
  return result.getRows().map(([sensor, from, to]) => ({
    sensor: String(sensor),
    from: formatMicros(Number(from)),
    to: formatMicros(Number(to)),
  }))
}

/**
 * Aggregates of one interval cannot be put together without their readings, nor beside readings of the same interval.
 * @throws Fault RECORDINGS_DIFFER
 */
export async function refuseOverlappingRollups(connection: DuckDBConnection, sources: readonly MergeSource[]): Promise<void> {
  const pruned = sources.map((source) => partPaths(source.view, 'days').length > 0 || partPaths(source.view, 'blocks').length > 0)
  if (!pruned.includes(true)) return
  const days = (source: MergeSource, number: number, table: PartTable) =>
    `SELECT DISTINCT ${number} AS source, sensor, date_trunc('day', time) AS day FROM (${source.rows(table)})`
  const held = sources.flatMap((source, i) =>
    (['readings', 'waveforms', 'waveforms64', 'days', 'blocks'] as const).map((table) => days(source, i, table)),
  )
  const result = await connection.runAndReadAll(
    `WITH held AS (SELECT DISTINCT * FROM (${held.join(' UNION ALL ')})),
       gone AS (${sources.flatMap((source, i) => [days(source, i, 'days'), days(source, i, 'blocks')]).join(' UNION ALL ')})
     SELECT gone.sensor, epoch_us(gone.day)::DOUBLE, gone.source FROM gone JOIN held USING (sensor, day) WHERE gone.source <> held.source LIMIT 1`,
  )
  const [clash] = result.getRows()
  if (clash === undefined) return
  const [sensor, day, source] = clash
  const folder = sources[Number(source)]?.view.folder ?? ''
  throw new Fault('RECORDINGS_DIFFER', {
    message: `${String(sensor)} was pruned on ${formatMicros(Number(day)).slice(0, 10)}, and another of the recordings has that day as well`,
    where: { folder, sensor: String(sensor) },
    because: 'aggregates cannot be merged without the readings that they were made of',
    advice: { folder, rename: `chatterfix recordings cut ${folder} OUT --to DAY` },
  })
}
