import type { PartTable, RecordingStart } from '../readings/recording-layout.js'
import type { Sensor } from '../readings/sensor.js'
import { type EpochMicros, formatMicros, parseMicros } from '../readings/time.js'
import { BLOCK_TIME } from './block-time.js'
import { buildRecording, type RecordingPlan } from './build-recording.js'
import { openDuckdb } from './duckdb-session.js'
import type { RecordingView } from './open-recording.js'
import { readRecording } from './read-recording.js'
import { recordedDrops } from './recorded-drops.js'
import { recordedSensor } from './recorded-sensor.js'
import { tableSql } from './recording-tables.js'
import { refuseUnsound } from './refuse-unsound.js'
import { INTERVAL_MICROS, type IntervalName } from './rollup-intervals.js'
import { betweenSql, sqlText } from './sql-text.js'
import { unreadablePart } from './unreadable-part.js'
import { summariseBuilt, type WrittenRecording } from './written-recording.js'

const MEMORY_LIMIT_MB = 2048

export interface CutRequest {
  readonly folder: string
  readonly out: string
  /** [from, to); the whole recording where they are missing. */
  readonly from?: EpochMicros
  readonly to?: EpochMicros
  /** All where it is empty. */
  readonly sensors: readonly string[]
  readonly signal: AbortSignal
  readonly progress?: RecordingPlan['progress']
}

interface Cut {
  readonly from: EpochMicros
  readonly to: EpochMicros
  /** Null for all. */
  readonly keys: readonly string[] | null
}

/**
 * A piece of a recording as a recording of its own; the old one stays as it is. Waveform blocks belong to the piece in which they begin. Gaps
 * that reach beyond it are shortened, and then nobody knows how much of what they lost was in it.
 *
 * @throws Fault RECORDING_SENSOR_UNKNOWN, RECORDING_UNREADABLE, and those of buildRecording.
 */
export async function cutRecording(request: CutRequest): Promise<WrittenRecording> {
  return await readRecording(request.folder, async (view) => await cutView(view, request))
}

async function cutView(view: RecordingView, request: CutRequest): Promise<WrittenRecording> {
  refuseUnsound(view)
  const { from = Number.NEGATIVE_INFINITY, to = Number.POSITIVE_INFINITY } = request
  const sensors = request.sensors.length === 0 ? view.manifest.sensors : request.sensors.map((key) => recordedSensor(view, key).sensor)
  const cut: Cut = { from, to, keys: request.sensors.length === 0 ? null : sensors.map(({ key }) => key) }
  const session = await openDuckdb({ memoryLimitMb: MEMORY_LIMIT_MB })
  try {
    const plan = planOf(view, cut, sensors)
    const { out, signal, progress } = request
    const built = await buildRecording({ ...plan, folder: out, connection: session.connection, signal, ...(progress ? { progress } : {}) })
    return summariseBuilt(built, plan)
  } catch (thrown) {
    throw await unreadablePart(view, thrown)
  } finally {
    session.close()
  }
}

function planOf(view: RecordingView, cut: Cut, sensors: readonly Sensor[]) {
  const { start, assets, stop } = view.manifest
  const began = parseMicros(start.startedAt) ?? 0
  const ended = parseMicros(stop?.at ?? view.journal.entries.at(-1)?.at ?? '') ?? began
  const kept: Partial<RecordingStart> = start
  return {
    run: {
      startedAt: Math.min(Math.max(began, cut.from), Math.max(ended, began)),
      sensors,
      assets: assets.filter(({ key }) => cut.keys === null || sensors.some(({ asset }) => asset === key)),
      site: start.site,
      tool: start.tool,
      purpose: start.purpose,
    },
    start: kept,
    endedBy: 'end-of-input' as const,
    endedAt: Math.max(Math.min(ended, cut.to), Math.min(began, cut.to)),
    drops: recordedDrops(view).filter((drop) => drop.to >= cut.from && drop.from < cut.to),
    tables: tablesOf(view, cut),
  }
}

function tablesOf(view: RecordingView, cut: Cut): Partial<Record<PartTable, string>> {
  const mine = cut.keys === null ? 'true' : `sensor IN (${cut.keys.map(sqlText).join(', ')})`
  const rows = (table: PartTable, time = 'time') => `SELECT * FROM ${tableSql(view, table)} WHERE ${mine} ${betweenSql(cut, time)}`
  const whole = (table: IntervalName) =>
    `${rows(table)} ${Number.isFinite(cut.to) ? `AND time <= make_timestamp(${Math.floor(cut.to) - INTERVAL_MICROS[table]}::BIGINT)` : ''}`
  return {
    readings: rows('readings'),
    waveforms: rows('waveforms', BLOCK_TIME),
    waveforms64: rows('waveforms64', BLOCK_TIME),
    events: eventsOf(view, cut),
    gaps: gapsOf(view, cut),
    minutes: whole('minutes'),
    hours: whole('hours'),
    days: whole('days'),
    blocks: rows('blocks'),
  }
}

function eventsOf(view: RecordingView, cut: Cut): string {
  const kept = `SELECT * FROM ${tableSql(view, 'events')} WHERE ${concerns(cut)} ${betweenSql(cut)}`
  const at = Math.max(cut.from, parseMicros(view.manifest.start.startedAt) ?? 0)
  const range = [cut.from, cut.to].map((time) => (Number.isFinite(time) ? formatMicros(time) : '…')).join(' to ')
  const text = `cut from ${view.name}, ${range}${cut.keys === null ? '' : `, ${cut.keys.length} sensors`}`
  return `${kept} UNION ALL BY NAME
    SELECT make_timestamp(${Math.floor(at)}::BIGINT) AS time, 'recording' AS event, 'note' AS severity, ${sqlText(text)} AS text, []::VARCHAR[] AS sensors`
}

function gapsOf(view: RecordingView, cut: Cut): string {
  const [from, to] = [cut.from, cut.to].map((time) => (Number.isFinite(time) ? `make_timestamp(${Math.floor(time)}::BIGINT)` : null))
  const sensors = cut.keys === null ? 'sensors' : `list_filter(sensors, lambda s: list_contains([${cut.keys.map(sqlText).join(', ')}], s))`
  const cutOff = [
    from ? `from_time < ${from}` : 'false',
    to ? `to_time > ${to}` : 'false',
    cut.keys === null ? 'false' : 'len(sensors) <> 1',
  ]
  return `SELECT ${from ? `greatest(from_time, ${from})` : 'from_time'} AS from_time, ${to ? `least(to_time, ${to})` : 'to_time'} AS to_time,
    ${sensors} AS sensors, cause, CASE WHEN ${cutOff.join(' OR ')} THEN NULL ELSE missing END AS missing
    FROM ${tableSql(view, 'gaps')} WHERE ${concerns(cut)} ${from ? `AND to_time >= ${from}` : ''} ${to ? `AND from_time < ${to}` : ''}`
}

/** What names no sensor concerns all. */
function concerns({ keys }: Cut): string {
  return keys === null ? 'true' : `(len(sensors) = 0 OR list_has_any(sensors, [${keys.map(sqlText).join(', ')}]))`
}
