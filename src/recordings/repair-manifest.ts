import { hostname } from 'node:os'
import type { DuckDBConnection } from '@duckdb/node-api'
import { EARLIER_SCHEMAS, MANIFEST_FILE, MANIFEST_SCHEMA, type RecordingManifest } from '../readings/recording-layout.js'
import type { Sensor } from '../readings/sensor.js'
import { formatMicros, parseMicros } from '../readings/time.js'
import { writeManifest } from './manifest-file.js'
import { keepCopy } from './repair-aside.js'
import type { Survey } from './repair-survey.js'
import { sqlText } from './sql-text.js'

const UNKNOWN = 'unknown'

/** Writes the manifest anew where it does not make sense or its sum is wrong; what nobody knows any more it calls unknown. */
export async function repairManifest(
  survey: Survey,
  around: { readonly connection: DuckDBConnection; readonly tool: string },
): Promise<void> {
  if (survey.manifestProblem === null) return
  await keepCopy(survey.folder, MANIFEST_FILE)
  const manifest = survey.manifest ?? (await rebuilt(survey, around))
  // An end that does not fit the journal is closed anew.
  const isEndRight = survey.journalProblem === null && isLawful(manifest.stop)
  await writeManifest(survey.folder, isEndRight ? manifest : { ...manifest, stop: null })
}

function isLawful(stop: RecordingManifest['stop']): boolean {
  return stop === null || stop.produced === stop.stored + stop.dropped + (stop.pruned ?? 0)
}

async function rebuilt(
  survey: Survey,
  { connection, tool }: { readonly connection: DuckDBConnection; readonly tool: string },
): Promise<RecordingManifest> {
  const parts = survey.journal.entries.flatMap((entry) => entry.parts)
  const times = parts.map(({ from }) => parseMicros(from)).filter((at) => at !== undefined)
  const sensors = await sensorsOfParts(survey, connection)
  return {
    schema: MANIFEST_SCHEMA,
    // Nobody knows any more which version wrote its parts.
    raisedFrom: EARLIER_SCHEMAS[0],
    start: {
      startedAt: formatMicros(times.reduce((a, b) => Math.min(a, b), times[0] ?? 0)),
      who: UNKNOWN,
      host: hostname(),
      pid: 0,
      tool: `unknown; manifest rebuilt by ${tool}`,
      purpose: UNKNOWN,
      site: null,
      clock: { source: 'system', ntpOffsetMs: null },
      flushIntervalMs: 0,
    },
    resumed: [],
    sensors,
    assets: [],
    stop: null,
  }
}

/** Names and units stand in the rows; a sensor's address was its key where nobody had named it. */
async function sensorsOfParts({ folder, journal, strangers }: Survey, connection: DuckDBConnection): Promise<Sensor[]> {
  const names = [...new Set([...journal.entries.flatMap((entry) => entry.parts.map(({ name }) => name)), ...strangers])]
  const units = new Map<string, string | null>()
  for (const name of names.filter((one) => /^(readings|waveforms|minutes|blocks)/.test(one))) {
    try {
      const result = await connection.runAndReadAll(
        `SELECT sensor, any_value(unit) FROM read_parquet(${sqlText(`${folder}/${name}`)}) GROUP BY sensor`,
      )
      for (const [key, unit] of result.getRows()) if (!units.has(String(key))) units.set(String(key), unit === null ? null : String(unit))
    } catch {
      // What cannot be read is damaged or gone, and told as such.
    }
  }
  return [...units].map(([key, unit]) => ({
    key,
    address: key.includes('://') ? key : `${UNKNOWN}:${key}`,
    kind: 'other',
    unit,
    periodMs: 0,
  }))
}
