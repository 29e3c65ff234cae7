import type { Sensor } from '../readings/sensor.js'
import type { IntervalName } from './rollup-intervals.js'
import { rollupKindOf } from './rollup-kind.js'
import { sqlText } from './sql-text.js'

export interface RollupSource {
  /** A SELECT or table with the columns of `readings`. */
  readonly readings: string
  /** A SELECT of (sensor, time, last): values of counters at other times, from which the next step is counted; null where there are none. */
  readonly before: string | null
  readonly sensors: readonly Pick<Sensor, 'key' | 'kind' | 'unit'>[]
}

/** Bad readings have no value, texts have none that is a number; an infinite one has no mean. */
const VALUE = 'CASE WHEN quality < 128 AND isfinite(value) THEN value END'
const TRUNCATION: Readonly<Record<IntervalName, string>> = { minutes: 'minute', hours: 'hour', days: 'day' }
const NOTHING = { increase: 'NULL::DOUBLE', resets: 'NULL::BIGINT', agreement: 'NULL::DOUBLE' }

/** A SELECT of (sensor, time, last) out of the rows of `days`: what a counter said last on each of them. */
export function endsOfDaysSql(days: string): string {
  return `SELECT sensor, time + INTERVAL 1 DAY - INTERVAL 1 MICROSECOND AS time, last FROM ${days} WHERE last IS NOT NULL`
}

/** A SELECT of the columns of `minutes`, `hours` or `days`, out of readings. */
export function rollupSql(interval: IntervalName, source: RollupSource): string {
  const keysOf = (wanted: string) => source.sensors.filter((sensor) => rollupKindOf(sensor).kind === wanted).map(({ key }) => sqlText(key))
  const [counters, angles] = [keysOf('counter'), keysOf('angle')]
  const special = [...counters, ...angles]
  const plain = `FROM (${source.readings}) ${special.length === 0 ? '' : `WHERE sensor NOT IN (${special.join(', ')})`}`
  return [
    summed(interval, `SELECT *, ${VALUE} AS v ${plain}`, { mean: 'avg(v)', ...NOTHING }),
    ...(angles.length > 0 ? [angleSql(interval, source)] : []),
    ...(counters.length > 0 ? [counterSql(interval, source, counters.join(', '))] : []),
  ].join(' UNION ALL ')
}

function summed(
  interval: IntervalName,
  from: string,
  kind: { readonly mean: string; readonly increase: string; readonly resets: string; readonly agreement: string },
): string {
  return `SELECT date_trunc('${TRUNCATION[interval]}', time) AS time, sensor, any_value(unit) AS unit, count(*) AS count,
    count(*) FILTER (quality < 128) / count(*) AS valid_share, min(v) AS min, max(v) AS max, ${kind.mean} AS mean,
    arg_min(v, time) AS first, arg_max(v, time) AS last, ${kind.increase} AS increase, ${kind.resets} AS resets, ${kind.agreement} AS agreement,
    arg_max(text, time) FILTER (quality < 128) AS last_text
    FROM (${from}) GROUP BY 1, 2`
}

/** The direction of the sum of unit vectors; where they cancel out there is none. In (−turn/2, turn/2] where a value is negative, else in [0, turn). */
function angleSql(interval: IntervalName, source: RollupSource): string {
  const turns = source.sensors.flatMap((sensor) => {
    const kind = rollupKindOf(sensor)
    return kind.kind === 'angle' ? [`(${sqlText(sensor.key)}, ${kind.fullTurn}::DOUBLE)`] : []
  })
  const radians = 'v * 2 * pi() / turn'
  const agreement = `sqrt(avg(sin(${radians})) ** 2 + avg(cos(${radians})) ** 2)`
  const direction = `atan2(avg(sin(${radians})), avg(cos(${radians}))) / (2 * pi()) * any_value(turn)`
  const wrapped = `CASE WHEN ${direction} < 0 AND min(v) >= 0 THEN fmod(${direction} + any_value(turn), any_value(turn)) ELSE ${direction} END`
  return summed(
    interval,
    `SELECT r.*, ${VALUE} AS v, turn FROM (${source.readings}) r JOIN (VALUES ${turns.join(', ')}) t(key, turn) ON r.sensor = t.key`,
    { ...NOTHING, mean: `CASE WHEN ${agreement} > 1e-9 THEN ${wrapped} END`, agreement },
  )
}

/** What a counter grew by, each step counted in the interval in which it ends. */
function counterSql(interval: IntervalName, source: RollupSource, keys: string): string {
  const rows = `SELECT time, sensor, unit, text, quality, ${VALUE} AS v, received, false AS is_before FROM (${source.readings}) WHERE sensor IN (${keys})`
  const before = `SELECT time, sensor, last AS v, true AS is_before FROM (${source.before ?? ''}) WHERE sensor IN (${keys})`
  const all = source.before === null ? rows : `${rows} UNION ALL BY NAME ${before}`
  const previous = 'lag(v IGNORE NULLS) OVER (PARTITION BY sensor ORDER BY time, received NULLS FIRST)'
  const stepped = `SELECT *, ${previous} AS previous FROM (${all})`
  return summed(interval, `SELECT * FROM (${stepped}) WHERE NOT is_before`, {
    mean: 'NULL::DOUBLE',
    increase: 'coalesce(sum(CASE WHEN v >= previous THEN v - previous WHEN v < previous THEN greatest(v, 0) END), 0)',
    resets: 'count(*) FILTER (v < previous)',
    agreement: 'NULL::DOUBLE',
  })
}
