import { Fault, reasonOf } from '../faults/fault.js'
import type { PartTable } from '../readings/recording-layout.js'
import type { Sensor } from '../readings/sensor.js'
import { parseMicros } from '../readings/time.js'
import type { Drop } from '../sinks/contract.js'
import { buildRecording, type FilteredSelect, type RecordingPlan } from './build-recording.js'
import { openDuckdb } from './duckdb-session.js'
import { refuseOverlappingRollups, type SensorOverlap, sensorOverlaps } from './merge-overlaps.js'
import { mergedRows } from './merge-rows.js'
import { type MergeSource, mergeSources, type Renaming } from './merge-sources.js'
import type { RecordingView } from './open-recording.js'
import { readRecordings } from './read-recording.js'
import { recordedDrops } from './recorded-drops.js'
import { refuseUnsound } from './refuse-unsound.js'
import { sqlText } from './sql-text.js'
import { unreadablePart } from './unreadable-part.js'
import { countsOf } from './verify-recording.js'
import { summariseBuilt, type WrittenRecording } from './written-recording.js'

const MEMORY_LIMIT_MB = 2048

export interface MergeRequest {
  readonly folders: readonly string[]
  readonly out: string
  readonly renamings: readonly Renaming[]
  /** What makes the recording, e.g. `chatterfix 0.1.0`. */
  readonly tool: string
  readonly signal: AbortSignal
  readonly progress?: RecordingPlan['progress']
}

export interface MergedRecording extends WrittenRecording {
  /** Readings and blocks with the sensor, time and value of one of another recording: counted once. */
  readonly doubled: number
  /** Sensors that more than one of the recordings has at the same time. */
  readonly overlaps: readonly SensorOverlap[]
}

/**
 * Recordings as one. A row that several of them have (same sensor, time and value) is there once, as often as the one has it that has it most.
 *
 * @throws Fault RECORDINGS_DIFFER where a name means two sensors, RECORDING_UNREADABLE, RECORDING_SENSOR_UNKNOWN, and those of buildRecording.
 */
export async function mergeRecordings(request: MergeRequest): Promise<MergedRecording> {
  return await readRecordings(request.folders, async (views) => await mergeViews(views, request))
}

async function mergeViews(views: readonly RecordingView[], request: MergeRequest): Promise<MergedRecording> {
  for (const view of views) refuseUnsound(view)
  const sources = mergeSources(views, request)
  const sensors = commonSensors(sources)
  const session = await openDuckdb({ memoryLimitMb: MEMORY_LIMIT_MB })
  try {
    const { connection } = session
    const overlaps = await sensorOverlaps(connection, sources)
    await refuseOverlappingRollups(connection, sources)
    const plan = { ...headOf(sources, sensors, request), tables: tablesOf(sources) }
    const { out: folder, signal, progress } = request
    const built = await buildRecording({ ...plan, folder, connection, signal, ...(progress ? { progress } : {}) })
    const doubled = views.reduce((sum, view) => sum + countsOf(view).stored, 0) - built.stored
    return { ...summariseBuilt(built, plan), doubled, overlaps }
  } catch (thrown) {
    const touched = views.find((view) => reasonOf(thrown).includes(view.folder)) ?? views[0]
    throw touched === undefined ? thrown : await unreadablePart(touched, thrown)
  } finally {
    session.close()
  }
}

/** @throws Fault RECORDINGS_DIFFER */
function commonSensors(sources: readonly MergeSource[]): Sensor[] {
  const byKey = new Map<string, { readonly sensor: Sensor; readonly source: MergeSource }>()
  for (const source of sources) {
    for (const sensor of source.sensors) {
      const known = byKey.get(sensor.key)
      if (known !== undefined && !isSame(known.sensor, sensor)) throw differs(known, { sensor, source })
      if (known === undefined) byKey.set(sensor.key, { sensor, source })
    }
  }
  return [...byKey.values()].map(({ sensor }) => sensor)
}

function isSame(a: Sensor, b: Sensor): boolean {
  return a.address === b.address && a.unit === b.unit && a.kind === b.kind
}

type Placed = { readonly sensor: Sensor; readonly source: MergeSource }

function differs(known: Placed, other: Placed): Fault {
  const { key } = known.sensor
  const meaning = ({ sensor, source }: Placed) => `in ${source.given} ${sensor.kind} in ${sensor.unit ?? 'no unit'} from ${sensor.address}`
  return new Fault('RECORDINGS_DIFFER', {
    message: `${key} means two sensors`,
    where: { sensor: key, folder: other.source.view.folder },
    because: `it is ${meaning(known)}, but ${meaning(other)}`,
    advice: {
      folder: other.source.view.folder,
      rename: `chatterfix recordings merge … --rename '${other.source.given}:${key}=${key}-2'`,
    },
  })
}

function headOf(sources: readonly MergeSource[], sensors: readonly Sensor[], { tool, folders }: MergeRequest) {
  const manifests = sources.map(({ view }) => view.manifest)
  const begins = manifests.map(({ start }) => parseMicros(start.startedAt) ?? Number.POSITIVE_INFINITY)
  const ends = sources.map(({ view }) => parseMicros(view.manifest.stop?.at ?? view.journal.entries.at(-1)?.at ?? '') ?? 0)
  const assets = new Map(manifests.flatMap((manifest) => manifest.assets.map((asset) => [asset.key, asset] as const)).toReversed())
  const startedAt = begins.reduce((a, b) => Math.min(a, b))
  return {
    run: {
      startedAt,
      sensors,
      assets: [...assets.values()].toReversed(),
      site: manifests.find(({ start }) => start.site !== null)?.start.site ?? null,
      tool,
      purpose: `merge of ${folders.join(', ')}`,
    },
    start: { flushIntervalMs: manifests.reduce((most, { start }) => Math.max(most, start.flushIntervalMs), 0) },
    endedBy: 'end-of-input' as const,
    endedAt: ends.reduce((a, b) => Math.max(a, b), startedAt),
    drops: distinctDrops(sources.flatMap(({ view }) => recordedDrops(view))),
  }
}

/** Pieces of one recording carry the same loss, as they may carry the same rows: it was lost once. */
function distinctDrops(drops: readonly Drop[]): Drop[] {
  return [...new Map(drops.map((drop) => [`${drop.from} ${drop.to} ${drop.count} ${drop.cause}`, drop])).values()]
}

function tablesOf(sources: readonly MergeSource[]): Partial<Record<PartTable, string | FilteredSelect>> {
  const all = (table: PartTable) => sources.map((source) => source.rows(table)).join(' UNION ALL BY NAME ')
  return {
    readings: mergedRows(sources, 'readings'),
    waveforms: mergedRows(sources, 'waveforms'),
    waveforms64: mergedRows(sources, 'waveforms64'),
    events: `SELECT DISTINCT * FROM (${all('events')}) ${madeOf(sources)}`,
    gaps: `SELECT DISTINCT * FROM (${all('gaps')})`,
    minutes: all('minutes'),
    hours: all('hours'),
    days: all('days'),
    blocks: all('blocks'),
  }
}

function madeOf(sources: readonly MergeSource[]): string {
  const [first] = sources.map(({ view }) => parseMicros(view.manifest.start.startedAt) ?? 0).toSorted((a, b) => a - b)
  const text = `merged from ${sources.map(({ view }) => view.name).join(', ')}`
  return `UNION ALL BY NAME SELECT make_timestamp(${first ?? 0}::BIGINT) AS time, 'recording' AS event, 'note' AS severity,
    ${sqlText(text)} AS text, []::VARCHAR[] AS sensors`
}
