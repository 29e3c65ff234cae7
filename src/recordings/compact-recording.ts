import { rm } from 'node:fs/promises'
import { join } from 'node:path'
import { type PartEntry, partName, TEMPORARY_PREFIX } from '../readings/recording-layout.js'
import type { EpochMicros } from '../readings/time.js'
import { JournalFile } from '../sinks/recording/journal-file.js'
import { temporaryPath } from '../sinks/recording/part-file.js'
import { type Amendment, amendRecording } from './amend-recording.js'
import { openDuckdb } from './duckdb-session.js'
import { refuseWhenAborted } from './interruptible-run.js'
import { numberOfPart } from './live-parts.js'
import { raiseManifest } from './manifest-file.js'
import { mergeParts } from './merge-parts.js'
import { openRecording, type RecordingPart, type RecordingView } from './open-recording.js'
import { planCompaction } from './plan-compaction.js'

const MEMORY_LIMIT_MB = 1024

export interface CompactionProgress {
  /** Parts that there were at the beginning and that have been merged so far. */
  readonly merged: number
  readonly of: number
}

export interface CompactedRecording {
  readonly folder: string
  readonly before: { readonly parts: number; readonly bytes: number }
  readonly after: { readonly parts: number; readonly bytes: number }
  /** Parts that were left alone, and why. */
  readonly damaged: readonly string[]
}

/**
 * Merges the parts of a recording that nobody records into: many small ones into few large ones sorted by sensor and time. Each merge is
 * committed by itself, so that an abort or a kill keeps what was done and loses nothing. Its journal becomes short.
 *
 * @throws Fault RECORDING_IN_USE, RECORDING_UNREADABLE, RECORDING_NOT_WRITABLE, FILE_NOT_FOUND, INTERRUPTED.
 */
export async function compactRecording(
  folder: string,
  options: { readonly now: EpochMicros; readonly signal: AbortSignal; readonly progress?: (progress: CompactionProgress) => void },
): Promise<CompactedRecording> {
  const { now, signal, progress } = options
  const before = await openRecording(folder)
  const damaged = new Map<string, string>()
  let merged = 0
  for (let isDone = false; !isDone; ) {
    refuseWhenAborted(signal)
    await amendRecording(folder, now, async ({ view, number }) => {
      const parts = planCompaction(view.parts, { until: 'complete', except: new Set(damaged.keys()) })
      isDone = parts === null
      if (parts === null) {
        await shortenJournal(view)
        return null
      }
      const outcome = await mergeInto(view, { parts, number, signal })
      if ('problem' in outcome) damaged.set(outcome.name, outcome.problem)
      else progress?.({ merged: (merged += parts.length), of: before.parts.length })
      return 'problem' in outcome ? null : outcome
    })
  }
  const after = await openRecording(folder)
  return { folder: after.folder, before: sizeOf(before), after: sizeOf(after), damaged: [...damaged.values()] }
}

async function mergeInto(
  view: RecordingView,
  { parts, number, signal }: { readonly parts: readonly RecordingPart[]; readonly number: number; readonly signal: AbortSignal },
): Promise<Amendment | { readonly name: string; readonly problem: string }> {
  const table = parts[0]?.table ?? 'readings'
  const name = partName(table, number)
  const path = temporaryPath(view.folder, name)
  await rm(join(view.folder, `${TEMPORARY_PREFIX}merge`), { force: true })
  await rm(path, { force: true })
  const session = await openDuckdb({ memoryLimitMb: MEMORY_LIMIT_MB })
  try {
    const merged = await mergeParts({ parts, path, connection: session.connection, memory: 'ample', signal })
    if ('damaged' in merged) return { name: merged.damaged.name, problem: merged.problem }
    const numbers = parts.map(numberOfPart)
    const part: PartEntry = { name, ...merged }
    return { parts: [part], replaces: [{ table, from: Math.min(...numbers), to: Math.max(...numbers) }] }
  } finally {
    session.close()
  }
}

/** Only where the folder holds nothing that the long journal is needed to explain. */
async function shortenJournal(view: RecordingView): Promise<void> {
  const last = view.journal.entries.at(-1)
  if (last === undefined || view.journal.entries.length <= 1 || view.missing.length > 0) return
  await raiseManifest(view.folder, view.manifest)
  const journal = await JournalFile.open(view.folder)
  try {
    await journal.checkpoint({ live: journal.live, last })
  } finally {
    await journal.close()
  }
}

function sizeOf({ parts }: RecordingView): { readonly parts: number; readonly bytes: number } {
  return { parts: parts.length, bytes: parts.reduce((sum, { bytes }) => sum + bytes, 0) }
}
