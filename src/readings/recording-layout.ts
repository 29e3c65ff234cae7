import type { Asset } from './asset.js'
import type { Sensor } from './sensor.js'

/** How a recording lies on the disk; src/sinks/recording/README.md tells it column by column. A change that old readers cannot read raises the version. */
export const MANIFEST_SCHEMA = 'chatterfix/recording-manifest/2'
/** Read as well, and raised by whoever writes: their waveforms have no `sample_count`, their journals replace nothing. */
export const EARLIER_SCHEMAS = ['chatterfix/recording-manifest/1'] as const
export const MANIFEST_FILE = 'manifest.json'
/** One line a flush, appended and fsynced; the line commits the parts that it names. */
export const JOURNAL_FILE = 'parts.jsonl'
/** What begins so is half-written and nobody's business but the writer's; it never ends in `.parquet`. */
export const TEMPORARY_PREFIX = '.tmp-'
/** Waveforms are cut into rows of at most this many samples. */
export const WAVEFORM_ROW_SAMPLES = 4096

/** The columns of each kind of part, in order, with their DuckDB types. Times are UTC. */
export const TABLES = {
  readings: {
    time: 'TIMESTAMP',
    received: 'TIMESTAMP',
    sensor: 'VARCHAR',
    value: 'DOUBLE',
    unit: 'VARCHAR',
    text: 'VARCHAR',
    quality: 'UTINYINT',
  },
  waveforms: {
    time: 'TIMESTAMP',
    received: 'TIMESTAMP',
    sensor: 'VARCHAR',
    unit: 'VARCHAR',
    sample_rate_hz: 'DOUBLE',
    samples: 'FLOAT[]',
    sequence: 'BIGINT',
    fragment: 'UINTEGER',
    fragments: 'UINTEGER',
    quality: 'UTINYINT',
    /** The length of `samples`, to be known without reading them. */
    sample_count: 'UINTEGER',
  },
  /** The same for samples that float32 cannot hold exactly. */
  waveforms64: {
    time: 'TIMESTAMP',
    received: 'TIMESTAMP',
    sensor: 'VARCHAR',
    unit: 'VARCHAR',
    sample_rate_hz: 'DOUBLE',
    samples: 'DOUBLE[]',
    sequence: 'BIGINT',
    fragment: 'UINTEGER',
    fragments: 'UINTEGER',
    quality: 'UTINYINT',
    sample_count: 'UINTEGER',
  },
  events: { time: 'TIMESTAMP', event: 'VARCHAR', severity: 'VARCHAR', text: 'VARCHAR', sensors: 'VARCHAR[]' },
  gaps: { from_time: 'TIMESTAMP', to_time: 'TIMESTAMP', sensors: 'VARCHAR[]', cause: 'VARCHAR', missing: 'BIGINT' },
} as const satisfies Record<string, Readonly<Record<string, string>>>

export type TableName = keyof typeof TABLES
export const TABLE_NAMES = Object.keys(TABLES) as TableName[]

/** What remains of the readings of an interval; `src/recordings/README.md` says how each kind of sensor is summed up. */
const INTERVAL = {
  /** Where the interval begins, UTC. */
  time: 'TIMESTAMP',
  sensor: 'VARCHAR',
  unit: 'VARCHAR',
  /** Readings of any quality. */
  count: 'BIGINT',
  /** Share of readings that are not bad, 0–1. */
  valid_share: 'DOUBLE',
  min: 'DOUBLE',
  max: 'DOUBLE',
  /** On the circle for angles; NULL for counters. */
  mean: 'DOUBLE',
  first: 'DOUBLE',
  last: 'DOUBLE',
  /** Of a counter, with the readings before: a fall counts as a new start from 0. NULL for all others. */
  increase: 'DOUBLE',
  resets: 'BIGINT',
  /** Of an angle: how far its directions agree, 0–1 (length of their mean vector). NULL for all others. */
  agreement: 'DOUBLE',
  /** The last text, where the sensor speaks text. */
  last_text: 'VARCHAR',
} as const

/** What `recordings prune` leaves of readings and waveforms. */
export const ROLLUPS = {
  minutes: INTERVAL,
  hours: INTERVAL,
  days: INTERVAL,
  /** One row a waveform block; about its mean, as vibration is measured. */
  blocks: {
    time: 'TIMESTAMP',
    received: 'TIMESTAMP',
    sensor: 'VARCHAR',
    unit: 'VARCHAR',
    sample_rate_hz: 'DOUBLE',
    samples: 'BIGINT',
    mean: 'DOUBLE',
    rms: 'DOUBLE',
    peak: 'DOUBLE',
    /** NULL where the block is constant. */
    crest: 'DOUBLE',
    sequence: 'BIGINT',
    quality: 'UTINYINT',
  },
} as const satisfies Record<string, Readonly<Record<string, string>>>

/** Every kind of part. */
export const PART_TABLES = { ...TABLES, ...ROLLUPS } as const
export type PartTable = keyof typeof PART_TABLES
export const PART_TABLE_NAMES = Object.keys(PART_TABLES) as PartTable[]

/** `readings-000001.parquet`. */
export function partName(table: PartTable, number: number): string {
  return `${table}-${String(number).padStart(6, '0')}.parquet`
}

const PART_NAME = /^([a-z0-9]+)-(\d{6,15})\.parquet$/

/** Whether a part of this table may have this name. A journal comes from outside: a name that is a path would lead out of its folder. */
export function isPartName(name: string, table: PartTable): boolean {
  const [, named, number] = PART_NAME.exec(name) ?? []
  return named === table && name === partName(table, Number(number))
}

/** What is known of one part when it is committed. */
export interface PartEntry {
  readonly name: string
  readonly table: PartTable
  readonly rows: number
  /** Readings or waveform blocks (countOf); 0 for all other tables. */
  readonly count: number
  /** Of its first and last time, RFC 3339. */
  readonly from: string
  readonly to: string
  readonly bytes: number
  readonly sha256: string
}

/** Parts of one table by their numbers, both inclusive. */
export interface PartRange {
  readonly table: PartTable
  readonly from: number
  readonly to: number
}

/** One line of the journal. The counts are of the whole recording up to here: produced = stored + buffered + dropped + pruned. */
export interface JournalEntry {
  readonly flush: number
  readonly at: string
  readonly parts: readonly PartEntry[]
  /** Parts of earlier lines that `parts` stand for (compaction) or that are gone (prune, repair); their files are deleted once this line is on the disk. */
  readonly replaces?: readonly PartRange[]
  /** Readings and waveform blocks that were deleted on purpose, so far. */
  readonly pruned?: number
  /** The journal was written anew and begins with what was live then; this line stands where `lines` lines ended with `sum`. */
  readonly checkpoint?: { readonly lines: number; readonly sum: string }
  readonly produced: number
  readonly stored: number
  readonly buffered: number
  readonly dropped: number
  /** Gap rows so far. */
  readonly gaps: number
}

export interface RecordingStart {
  readonly startedAt: string
  readonly who: string
  readonly host: string
  readonly pid: number
  readonly tool: string
  readonly purpose: string
  readonly site: string | null
  /** How well the machine's clock was known; null where nobody measured it. */
  readonly clock: {
    readonly source: 'system'
    /** Server's time − the machine's, at the start. */
    readonly ntpOffsetMs: number | null
    /** Who was asked, how far the round trip was, or why nobody knows; recordings of before 2026-11 have none of it. */
    readonly ntpServer?: string | null
    readonly ntpRoundTripMs?: number
    readonly because?: string
  }
  /** At most so much is lost when the recorder is killed. */
  readonly flushIntervalMs: number
}

export interface RecordedDrop {
  readonly count: number
  readonly from: string
  readonly to: string
  readonly cause: string
}

/** All that is known only when a recording ends. */
export interface RecordingStop {
  readonly at: string
  readonly endedBy: 'duration' | 'interrupt' | 'end-of-input' | 'fault'
  readonly produced: number
  readonly stored: number
  readonly dropped: number
  /** Missing where nothing was. */
  readonly pruned?: number
  readonly gaps: number
  readonly parts: number
  readonly drops: readonly RecordedDrop[]
  /** The journal's last sum, so that a journal cut short shows. */
  readonly journal: { readonly lines: number; readonly sum: string }
}

export type EarlierSchema = (typeof EARLIER_SCHEMAS)[number]

export interface RecordingManifest {
  readonly schema: typeof MANIFEST_SCHEMA | EarlierSchema
  /** What it was when it began, where a later version has changed it since: some of its parts may lack columns. */
  readonly raisedFrom?: EarlierSchema
  readonly start: RecordingStart
  /** Later starts, after a recorder that was killed. */
  readonly resumed: readonly { readonly at: string; readonly pid: number; readonly host: string; readonly tool: string }[]
  readonly sensors: readonly Sensor[]
  readonly assets: readonly Asset[]
  readonly stop: RecordingStop | null
}
