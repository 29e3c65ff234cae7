import { basename, dirname } from 'node:path'
import { PART_TABLES, type PartEntry, type RecordedDrop } from '../readings/recording-layout.js'
import { type EpochMicros, formatMicros, parseMicros } from '../readings/time.js'
import type { Amendment } from './amend-recording.js'
import type { RecordingView } from './open-recording.js'
import { rangesOf } from './part-ranges.js'
import type { PartScribe } from './part-scribe.js'
import { isRaw } from './prune-horizon.js'
import { setAside } from './repair-aside.js'
import { DAMAGED_FOLDER, type DamagedPart } from './repair-survey.js'
import { salvageSql } from './salvage-part.js'
import { sqlText } from './sql-text.js'

/** What became of one damaged part. */
export interface MendedPart {
  readonly name: string
  readonly problem: string
  /** Of its rows. */
  readonly salvaged: number
  readonly lost: number
}

export interface MendedParts {
  readonly amendment: Amendment
  readonly mended: readonly MendedPart[]
}

type Row = {
  readonly from: string
  readonly to: string
  readonly sensors: readonly string[]
  readonly cause: string
  readonly missing: number
}

/**
 * Puts what can be read of damaged parts into new ones and what they were aside, with a gap and an event for what they covered. An interrupted
 * recording gets the gap of its last flush.
 */
export async function mendParts(
  view: RecordingView,
  damaged: readonly DamagedPart[],
  around: { readonly scribe: PartScribe; readonly now: EpochMicros; readonly endedAt: EpochMicros },
): Promise<MendedParts> {
  const { scribe, now, endedAt } = around
  const known = view.manifest.sensors.map(({ key }) => key)
  const parts: PartEntry[] = []
  const mended: MendedPart[] = []
  const gaps: Row[] = []
  const drops: RecordedDrop[] = []
  for (const one of damaged) {
    const { part, problem } = one
    const written = await salvaged(one, known, scribe)
    parts.push(...written)
    const rows = written.reduce((sum, { rows: n }) => sum + n, 0)
    mended.push({ name: part.name, problem, salvaged: rows, lost: part.rows - rows })
    const missing = part.count - written.reduce((sum, { count }) => sum + count, 0)
    const cause = `${part.name} was damaged`
    if (missing > 0) drops.push({ count: missing, from: part.from, to: part.to, cause })
    if (missing > 0) gaps.push({ from: part.from, to: part.to, sensors: await sensorsOf(written, view, scribe), cause, missing })
  }
  for (const { path } of damaged)
    if (path !== null && basename(dirname(path)) !== DAMAGED_FOLDER) await setAside(view.folder, basename(path))
  parts.push(...(await scribe.write('gaps', gapsSql([...gaps, ...lastFlush(view, endedAt)]))))
  parts.push(...(await scribe.write('events', eventsSql(mended, view, now))))
  const gone = damaged.map(({ part }) => part)
  const replaces = rangesOf(gone, [...view.parts, ...view.missing])
  return { mended, amendment: { parts, replaces, loss: { as: 'dropped', drops } } }
}

async function salvaged(damaged: DamagedPart, known: readonly string[], scribe: PartScribe): Promise<readonly PartEntry[]> {
  const { part, path } = damaged
  const select = path === null ? null : await salvageSql({ part, path }, known)
  if (select === null) return []
  const kept = await scribe.write(part.table, select)
  // What a damaged file claims to hold beyond what was written is not to be believed.
  return kept.every(({ rows, count }) => rows <= part.rows && count <= part.count) ? kept : []
}

/** Whom the gap concerns: the sensors in what was salvaged; all, as an empty list, where nothing was. */
async function sensorsOf(written: readonly PartEntry[], view: RecordingView, scribe: PartScribe): Promise<readonly string[]> {
  const [part] = written
  if (part === undefined || !('sensor' in PART_TABLES[part.table])) return []
  const path = scribe.pathOf(part.name)
  const result = await scribe.connection.runAndReadAll(`SELECT DISTINCT sensor FROM read_parquet(${sqlText(path)}) ORDER BY 1`)
  const keys = result.getRows().map(([key]) => String(key))
  return keys.length === view.manifest.sensors.length ? [] : keys
}

/** Of an interrupted recording: what came after the last flush is not there. */
function lastFlush(view: RecordingView, endedAt: EpochMicros): Row[] {
  if (view.manifest.stop !== null) return []
  const { startedAt, flushIntervalMs } = view.manifest.start
  const from = Math.max(endedAt, parseMicros(startedAt) ?? 0)
  const missing = view.journal.entries.at(-1)?.buffered ?? 0
  const cause = 'the recorder ended without closing the recording'
  return [{ from: formatMicros(from), to: formatMicros(from + flushIntervalMs * 1000), sensors: [], cause, missing }]
}

function gapsSql(rows: readonly Row[]): string {
  const select = ({ from, to, sensors, cause, missing }: Row) =>
    `SELECT ${timeSql(from)} AS from_time, ${timeSql(to)} AS to_time, [${sensors.map(sqlText).join(', ')}]::VARCHAR[] AS sensors, ${sqlText(cause)} AS cause,
      ${missing > 0 ? missing : 'NULL'}::BIGINT AS missing`
  const nothing =
    "SELECT NULL::TIMESTAMP AS from_time, NULL::TIMESTAMP AS to_time, []::VARCHAR[] AS sensors, '' AS cause, NULL::BIGINT AS missing WHERE false"
  return rows.length === 0 ? nothing : rows.map(select).join(' UNION ALL ')
}

function eventsSql(mended: readonly MendedPart[], view: RecordingView, now: EpochMicros): string {
  const texts = mended.map(
    ({ name, problem, salvaged: rows, lost }) =>
      `repaired: ${problem.startsWith(name) ? problem : `${name}: ${problem}`}; rows salvaged${rows > 0 && isRaw(tableOf(name)) ? ' as uncertain' : ''}: ${rows}, lost: ${lost}`,
  )
  if (view.manifest.stop === null) texts.push('repaired: the recorder had ended without closing the recording')
  const select = (text: string) =>
    `SELECT ${timeSql(formatMicros(now))} AS time, 'recording' AS event, 'warning' AS severity, ${sqlText(text)} AS text, []::VARCHAR[] AS sensors`
  return texts.length === 0 ? `${select('')} WHERE false` : texts.map(select).join(' UNION ALL ')
}

function tableOf(name: string): PartEntry['table'] {
  return name.slice(0, name.indexOf('-')) as PartEntry['table']
}

function timeSql(text: string): string {
  return `make_timestamp(${Math.floor(parseMicros(text) ?? 0)}::BIGINT)`
}
