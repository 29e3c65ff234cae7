import type { PartEntry, PartTable } from '../readings/recording-layout.js'
import { type EpochMicros, formatMicros } from '../readings/time.js'
import { amendRecording } from './amend-recording.js'
import { openDuckdb } from './duckdb-session.js'
import { unreadable } from './manifest-file.js'
import { openRecording, type RecordingView } from './open-recording.js'
import { rangesOf } from './part-ranges.js'
import { partScribe } from './part-scribe.js'
import { problemOfBytes } from './part-sum.js'
import { type Horizon, isRaw } from './prune-horizon.js'
import { keepRest } from './prune-rest.js'
import { type RollupWork, summariseRaw } from './prune-rollups.js'
import { type Spared, sparedSensors } from './prune-spared.js'
import { type TouchedPart, touchedParts } from './prune-touched.js'
import { unreadablePart } from './unreadable-part.js'

const MEMORY_LIMIT_MB = 2048

export interface PrunedRecording {
  readonly path: string
  /** `pruned`: some went, or would go in a dry run. `in-use`: somebody records into it. `failed`: it is damaged, or cannot be written. */
  readonly outcome: 'pruned' | 'unchanged' | 'in-use' | 'failed'
  /** Why it was left as it is; else null. */
  readonly because: string | null
  /** Readings and waveform blocks that went. */
  readonly pruned: number
  /** Rows that went, by table. */
  readonly gone: Readonly<Partial<Record<PartTable, number>>>
  /** Rows of aggregates that stand for them now; empty in a dry run. */
  readonly left: Readonly<Partial<Record<PartTable, number>>>
  /** Old readings that stay because no two of their sensor lie in one minute: minutes would take more room. */
  readonly spared: { readonly sensors: number; readonly readings: number }
  readonly bytesBefore: number
  /** Null in a dry run. */
  readonly bytesAfter: number | null
}

export interface PruneAround extends Pick<RollupWork, 'progress'> {
  readonly now: EpochMicros
  readonly signal: AbortSignal
}

/** What a prune would do, without doing it. @throws Fault as openRecording, RECORDING_UNREADABLE */
export async function previewPrune(folder: string, horizon: Horizon): Promise<PrunedRecording> {
  const view = await openRecording(folder)
  return outcomeOf(view, await withTouched(view, horizon), { left: {}, bytesAfter: null })
}

/**
 * Deletes old readings and waveforms and leaves their aggregates, deletes what is older still. Whole UTC days only. One line of the journal
 * commits it: before it nothing has changed, after it the old files go.
 *
 * @throws Fault RECORDING_IN_USE, RECORDING_UNREADABLE where what is to be summed up is damaged, RECORDING_NOT_WRITABLE, INTERRUPTED.
 */
export async function pruneRecording(folder: string, horizon: Horizon, around: PruneAround): Promise<PrunedRecording> {
  const before = await openRecording(folder)
  let found: Found = { touched: [], spared: NOBODY }
  let rollups: readonly PartEntry[] = []
  const after = await amendRecording(folder, around.now, async ({ view, number }) => {
    found = await withTouched(view, horizon)
    const { touched, spared } = found
    if (touched.length === 0) return null
    await refuseDamaged(view, touched)
    const session = await openDuckdb({ memoryLimitMb: MEMORY_LIMIT_MB })
    try {
      const scribe = partScribe({ folder: view.folder, connection: session.connection, signal: around.signal, number })
      const rest = await keepRest(scribe, touched, { horizon, spared })
      rollups = await summariseRaw({ view, touched, scribe, horizon, spared, ...(around.progress ? { progress: around.progress } : {}) })
      const gone = touched.map(({ part }) => part)
      return { parts: [...rest, ...rollups], replaces: rangesOf(gone, view.parts), loss: { as: 'pruned' } }
    } catch (thrown) {
      throw await unreadablePart(view, thrown)
    } finally {
      session.close()
    }
  })
  return outcomeOf(before, found, { left: rowsByTable(rollups), bytesAfter: bytesOf(after) })
}

interface Found {
  readonly touched: readonly TouchedPart[]
  readonly spared: Spared
}

const NOBODY: Spared = { sensors: [], readings: 0 }

async function withTouched(view: RecordingView, horizon: Horizon): Promise<Found> {
  const session = await openDuckdb({ memoryLimitMb: 512 })
  try {
    const spared = await sparedSensors(session.connection, view, horizon)
    return { spared, touched: await touchedParts(session.connection, view, { horizon, spared }) }
  } catch (thrown) {
    throw await unreadablePart(view, thrown)
  } finally {
    session.close()
  }
}

/** What is summed up and then deleted cannot be looked at again. */
async function refuseDamaged(view: RecordingView, touched: readonly TouchedPart[]): Promise<void> {
  const [gone] = view.missing
  if (gone !== undefined) throw unreadable(view.folder, `${gone.name} is missing`)
  for (const { part } of touched) {
    const problem = await problemOfBytes(part)
    if (problem !== null) throw unreadable(view.folder, problem)
  }
}

function outcomeOf(
  before: RecordingView,
  { touched, spared }: Found,
  after: { readonly left: PrunedRecording['left']; readonly bytesAfter: number | null },
): PrunedRecording {
  const gone: Partial<Record<PartTable, number>> = {}
  for (const { part, gone: went } of touched) gone[part.table] = (gone[part.table] ?? 0) + went.rows
  return {
    path: before.folder,
    outcome: touched.length === 0 ? 'unchanged' : 'pruned',
    because: null,
    pruned: touched.reduce((sum, one) => (isRaw(one.part.table) ? sum + one.gone.count : sum), 0),
    gone,
    spared: { sensors: spared.sensors.length, readings: spared.readings },
    bytesBefore: bytesOf(before),
    ...after,
  }
}

function rowsByTable(parts: readonly PartEntry[]): Partial<Record<PartTable, number>> {
  const rows: Partial<Record<PartTable, number>> = {}
  for (const part of parts) rows[part.table] = (rows[part.table] ?? 0) + part.rows
  return rows
}

function bytesOf({ parts }: RecordingView): number {
  return parts.reduce((sum, { bytes }) => sum + bytes, 0)
}

export function horizonTexts({ raw, all }: Horizon): { readonly rawFrom: string | null; readonly allFrom: string | null } {
  const text = (at: EpochMicros) => (Number.isFinite(at) ? formatMicros(at) : null)
  return { rawFrom: text(raw), allFrom: text(all) }
}
