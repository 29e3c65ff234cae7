import type { DuckDBConnection } from '@duckdb/node-api'
import { reasonOf } from '../faults/fault.js'
import { QUALITY } from '../readings/quality.js'
import type { PartTable } from '../readings/recording-layout.js'
import { partPaths, type RecordingView } from './open-recording.js'
import { emptySql, partRowsSql, storedColumns } from './part-rows.js'
import { rollupBlocksSql } from './rollup-blocks-sql.js'
import type { IntervalName } from './rollup-intervals.js'
import { endsOfDaysSql, rollupSql } from './rollup-sql.js'
import { sqlText } from './sql-text.js'

/** The rows of one kind of part as something to select from; empty, with the right columns, where there are none. */
export function tableSql(view: RecordingView, table: PartTable): string {
  const paths = partPaths(view, table)
  return paths.length === 0 ? emptySql(table) : partRowsSql(table, paths, view.manifest)
}

/** Floats where all are floats; doubles where any block needed them. */
export function waveformsSql(view: RecordingView): string {
  if (partPaths(view, 'waveforms64').length === 0) return tableSql(view, 'waveforms')
  if (partPaths(view, 'waveforms').length === 0) return tableSql(view, 'waveforms64')
  return `(SELECT * REPLACE (samples::DOUBLE[] AS samples) FROM ${tableSql(view, 'waveforms')} UNION ALL SELECT * FROM ${tableSql(view, 'waveforms64')})`
}

const LEVEL = "CASE WHEN quality = 0 THEN 'good' WHEN quality < 128 THEN 'uncertain' ELSE 'bad' END"
const REASON = `CASE quality ${Object.entries(QUALITY)
  .filter(([, code]) => code !== QUALITY.good)
  .map(([reason, code]) => `WHEN ${code} THEN ${sqlText(reason)}`)
  .join(' ')} END`

const VIEWS: Readonly<Record<string, (view: RecordingView) => string>> = {
  readings: (view) =>
    `SELECT time, sensor, value, unit, ${LEVEL} AS quality, ${REASON} AS reason, text, received, ${named(view)} FROM ${tableSql(view, 'readings')}`,
  waveforms: (view) =>
    `SELECT time, sensor, sample_rate_hz, samples, unit, ${LEVEL} AS quality, ${REASON} AS reason, sequence, fragment, fragments, sample_count, received,
     ${named(view)} FROM ${waveformsSql(view)}`,
  events: (view) => `SELECT time, event, severity, text, sensors, ${named(view)} FROM ${tableSql(view, 'events')}`,
  minutes: (view) => intervalsOf(view, 'minutes'),
  hours: (view) => intervalsOf(view, 'hours'),
  days: (view) => intervalsOf(view, 'days'),
  blocks: (view) =>
    `SELECT time, sensor, sample_rate_hz, samples, mean, rms, peak, crest, unit, ${LEVEL} AS quality, ${REASON} AS reason, sequence, received,
     ${named(view)} FROM (FROM ${tableSql(view, 'blocks')} UNION ALL BY NAME ${rollupBlocksSql(`FROM ${waveformsSql(view)}`)})`,
  gaps: (view) => `SELECT from_time, to_time, sensors, cause, missing, ${named(view)} FROM ${tableSql(view, 'gaps')}`,
}

/** All that `query` offers. */
export const VIEW_NAMES: readonly string[] = [...Object.keys(VIEWS), 'sensors']

/** Kept aggregates where the readings are gone, and the same out of the readings where they are there: no interval has both. */
function intervalsOf(view: RecordingView, interval: IntervalName): string {
  const live = rollupSql(interval, {
    readings: `FROM ${tableSql(view, 'readings')}`,
    before: partPaths(view, 'days').length > 0 ? endsOfDaysSql(tableSql(view, 'days')) : null,
    sensors: view.manifest.sensors,
  })
  return `SELECT time, sensor, count, valid_share, min, max, mean, first, last, unit, increase, resets, agreement, last_text, ${named(view)}
    FROM (FROM ${tableSql(view, interval)} UNION ALL BY NAME (${live}))`
}

/** Statements that list views, or name them in ways that cannot be read off their text. */
const MAY_NAME_ANY = /\bshow\b|information_schema|duckdb_|sqlite_master|pg_|query_table|query\s*\(|^\s*(describe|summarize)\s*;?\s*$|u&"/i

/** Which views a statement may speak of. Making one means opening its files, so those that it does not name are not made. */
export function viewsNamedIn(sql: string): ReadonlySet<string> {
  const text = sql.toLowerCase()
  return new Set(MAY_NAME_ANY.test(sql) ? VIEW_NAMES : VIEW_NAMES.filter((name) => text.includes(name)))
}

/**
 * A statement that begins with SELECT, with what it may name before it on a line of its own; null for any other. A view is bound when it
 * is made and once more when it is asked, which for a short question takes as long as half of the answer.
 */
export function withViewsBefore(sql: string, recordings: readonly RecordingView[]): string | null {
  if (!/^\s*select\b/i.test(sql) || MAY_NAME_ANY.test(sql)) return null
  const wanted = viewsNamedIn(sql)
  const selects = selectsOf(recordings, wanted)
  if (selects.length === 0 || wanted.has('sensors')) return null
  return `WITH ${selects.map(([name, select]) => `${name} AS NOT MATERIALIZED (${select.replaceAll(/\s*\n\s*/g, ' ')})`).join(', ')}\n${sql}`
}

/**
 * Makes views over one recording or many.
 * @param wanted  some of VIEW_NAMES.
 * @returns what had to be left out: a damaged part costs only itself.
 */
export async function createViews(
  connection: DuckDBConnection,
  recordings: readonly RecordingView[],
  wanted: ReadonlySet<string>,
): Promise<string[]> {
  try {
    await createEach(connection, recordings, wanted)
    return []
  } catch {
    const warnings: string[] = []
    const readable = []
    for (const view of recordings) readable.push(await withReadableParts(connection, view, warnings))
    await createEach(connection, readable, wanted)
    return warnings
  }
}

async function createEach(connection: DuckDBConnection, recordings: readonly RecordingView[], wanted: ReadonlySet<string>): Promise<void> {
  for (const [name, select] of selectsOf(recordings, wanted)) await connection.run(`CREATE OR REPLACE VIEW ${name} AS ${select}`)
  if (wanted.has('sensors')) await createSensors(connection, recordings)
}

function selectsOf(recordings: readonly RecordingView[], wanted: ReadonlySet<string>): [name: string, select: string][] {
  const chosen = Object.entries(VIEWS).filter(([name]) => wanted.has(name))
  return chosen.map(([name, select]) => [name, recordings.map(select).join(' UNION ALL BY NAME ')])
}

async function withReadableParts(connection: DuckDBConnection, view: RecordingView, warnings: string[]): Promise<RecordingView> {
  const parts = []
  for (const part of view.parts) {
    try {
      await connection.run(`SELECT ${storedColumns(part.table)} FROM read_parquet(${sqlText(part.path)}) LIMIT 0`)
      parts.push(part)
    } catch (thrown) {
      warnings.push(`${part.name} is left out: ${reasonOf(thrown).split('\n')[0]}`)
    }
  }
  return { ...view, parts }
}

async function createSensors(connection: DuckDBConnection, recordings: readonly RecordingView[]): Promise<void> {
  await connection.run(`CREATE OR REPLACE TABLE sensors (sensor VARCHAR, address VARCHAR, kind VARCHAR, unit VARCHAR, asset VARCHAR, description VARCHAR,
    period_ms DOUBLE, range_low DOUBLE, range_high DOUBLE, critical_low DOUBLE, warning_low DOUBLE, warning_high DOUBLE, critical_high DOUBLE,
    recording VARCHAR)`)
  const appender = await connection.createAppender('sensors')
  const text = (value: string | null | undefined) =>
    value === null || value === undefined ? appender.appendNull() : appender.appendVarchar(value)
  const number = (value: number | undefined) => (value === undefined ? appender.appendNull() : appender.appendDouble(value))
  for (const view of recordings) {
    for (const { key, address, kind, unit, asset, description, periodMs, range, limits } of view.manifest.sensors) {
      for (const value of [key, address, kind, unit, asset, description]) text(value)
      for (const value of [periodMs, range?.low, range?.high]) number(value)
      for (const value of [limits?.criticalLow, limits?.warningLow, limits?.warningHigh, limits?.criticalHigh]) number(value)
      text(view.name)
      appender.endRow()
    }
  }
  appender.closeSync()
}

function named(view: RecordingView): string {
  return `${sqlText(view.name)} AS recording`
}
