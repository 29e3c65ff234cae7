import { rm } from 'node:fs/promises'
import { join } from 'node:path'
import { reasonOf } from '../../faults/fault.js'
import type { Clock } from '../../readings/clock.js'
import { TEMPORARY_PREFIX } from '../../readings/recording-layout.js'
import { openDuckdb } from '../../recordings/duckdb-session.js'
import { mergeParts } from '../../recordings/merge-parts.js'
import type { RecordingPart } from '../../recordings/open-recording.js'
import { planCompaction } from '../../recordings/plan-compaction.js'
import type { RecordingFolder } from './recording-folder.js'

/** DuckDB holds one slice of a merge; the recorder's own memory is bounded elsewhere. */
const MEMORY_LIMIT_MB = 192
/** Three hours of one flush a second. */
const DEFAULT_JOURNAL_BYTES = 4 * 1024 * 1024
const PAUSE_AFTER_FAILURE_MS = 60_000

export interface CompactionPace {
  /** How often to look whether there is something to merge. */
  readonly everyMs: number
  /** How many parts side by side are worth a merge, where it is not the usual number. */
  readonly least?: number
  /** A journal longer than this is written anew, with no more than what there is. */
  readonly journalBytes?: number
}

export interface CompactionRoad {
  readonly folder: RecordingFolder
  readonly pace: CompactionPace
  readonly clock: Clock
  readonly log: { note(text: string, facts?: Readonly<Record<string, unknown>>): void }
  /** While the disk refuses flushes, nothing is merged. */
  readonly isTroubled: () => boolean
  readonly signal: AbortSignal
}

/**
 * Merges small parts into large ones while recording goes on, until the signal aborts. Never rejects: what cannot be merged stays as it
 * is and is tried again later; a damaged part is left alone.
 */
export async function compactInBackground(road: CompactionRoad): Promise<void> {
  const { clock, pace, log, folder, signal } = road
  const except = new Set<string>()
  while (!signal.aborted) {
    await clock.sleep(pace.everyMs, signal)
    try {
      while (!signal.aborted && !road.isTroubled() && (await compactOnce(road, except)));
    } catch (thrown) {
      if (signal.aborted) return
      log.note(`small parts stay as they are for now: ${reasonOf(thrown)}`, { folder: folder.folder })
      await clock.sleep(Math.max(PAUSE_AFTER_FAILURE_MS, pace.everyMs), signal)
    }
  }
}

/** @returns whether there was something to do. */
async function compactOnce(road: CompactionRoad, except: Set<string>): Promise<boolean> {
  const { folder, pace } = road
  const least = pace.least === undefined ? {} : { least: pace.least }
  const parts = planCompaction(folder.liveParts(), { until: 'background', ...least, except })
  if (parts === null) return false
  await mergeInto(road, parts, except)
  await folder.shortenJournal(pace.journalBytes ?? DEFAULT_JOURNAL_BYTES)
  return true
}

async function mergeInto(
  { folder, clock, log, signal }: CompactionRoad,
  parts: readonly RecordingPart[],
  except: Set<string>,
): Promise<void> {
  const path = join(folder.folder, `${TEMPORARY_PREFIX}merge`)
  await rm(path, { force: true })
  const session = await openDuckdb({ memoryLimitMb: MEMORY_LIMIT_MB, threads: 1 })
  try {
    const merged = await mergeParts({ parts, path, connection: session.connection, memory: 'little', signal })
    if ('damaged' in merged) {
      except.add(merged.damaged.name)
      log.note(`a damaged part is left alone: ${merged.problem}`, { folder: folder.folder })
      return
    }
    signal.throwIfAborted()
    await folder.replace(parts, { ...merged, path }, clock.now())
  } finally {
    session.close()
    await rm(path, { force: true })
  }
}
