import type { FilteredSelect } from './build-recording.js'
import type { MergeSource } from './merge-sources.js'
import type { RecordingPart } from './open-recording.js'

/** What makes a row the same as one of another recording. */
const IDENTITY = {
  readings: 'sensor, time, value, quality, text',
  waveforms: 'sensor, time, sample_rate_hz, sequence, fragment, fragments, quality, hash(samples)',
  waveforms64: 'sensor, time, sample_rate_hz, sequence, fragment, fragments, quality, hash(samples)',
} as const

/**
 * The rows of several recordings, those that more than one has once: as often as the one has them that has them most. What a recording
 * itself holds twice stays so.
 */
export function mergedRows(sources: readonly MergeSource[], table: keyof typeof IDENTITY): string | FilteredSelect {
  const all = sources.map((source, number) => `SELECT *, ${number} AS source FROM (${source.rows(table)})`).join(' UNION ALL BY NAME ')
  const unfiltered = `SELECT * EXCLUDE (source) FROM (${all})`
  if (!mayOverlap(sources, table)) return unfiltered
  const same = IDENTITY[table]
  const counted = `SELECT *, row_number() OVER (PARTITION BY ${same}, source) AS copy FROM (${all})`
  const once = `SELECT *, row_number() OVER (PARTITION BY ${same}, copy ORDER BY source) AS turn FROM (${counted})`
  return { select: `SELECT * EXCLUDE (source, copy, turn) FROM (${once}) WHERE turn = 1`, unfiltered }
}

/** Whether a sensor of the same name was recorded by two of them at the same time, as far as their journals tell. */
function mayOverlap(sources: readonly MergeSource[], table: RecordingPart['table']): boolean {
  return sources.some((a, i) => sources.slice(i + 1).some((b) => shareSensors(a, b) && partsOverlap(a, b, table)))
}

function shareSensors(a: MergeSource, b: MergeSource): boolean {
  const keys = new Set(a.sensors.map(({ key }) => key))
  return b.sensors.some(({ key }) => keys.has(key))
}

function partsOverlap(a: MergeSource, b: MergeSource, table: RecordingPart['table']): boolean {
  const [first, second] = [a, b].map(({ view }) => view.parts.filter((part) => part.table === table))
  return (first ?? []).some((one) => (second ?? []).some((other) => one.from <= other.to && other.from <= one.to))
}
