import { readdir, rename, rm } from 'node:fs/promises'
import { basename, join } from 'node:path'
import { Fault } from '../faults/fault.js'
import {
  type JournalEntry,
  type PartEntry,
  type PartRange,
  type RecordedDrop,
  type RecordingManifest,
  TEMPORARY_PREFIX,
} from '../readings/recording-layout.js'
import { type EpochMicros, formatMicros } from '../readings/time.js'
import { inUse, notWritable } from '../sinks/recording/begin-recording.js'
import { JournalFile } from '../sinks/recording/journal-file.js'
import { temporaryPath } from '../sinks/recording/part-file.js'
import { MAX_PARTS_A_LINE } from './journal-entry.js'
import { livePartsOf, numberOfPart } from './live-parts.js'
import { raiseManifest, unreadable, writeManifest } from './manifest-file.js'
import { openRecording, type RecordingView } from './open-recording.js'
import { syncFolder } from './replace-file.js'
import { countsOf } from './verify-recording.js'
import { acquireWriterLock } from './writer-lock.js'

/** What changes in a recording that nobody records into. */
export interface Amendment {
  /** Written and brought to the disk at their temporary paths, numbered from the number given on. */
  readonly parts: readonly PartEntry[]
  readonly replaces?: readonly PartRange[]
  /** What the readings and blocks are that are no longer there; the law needs one of the two. */
  readonly loss?: { readonly as: 'pruned' } | { readonly as: 'dropped'; readonly drops: readonly RecordedDrop[] }
}

export interface AmendTurn {
  readonly view: RecordingView
  /** The first number that no part has had. */
  readonly number: number
}

/**
 * Changes a recording that nobody records into, as a whole or not at all: parts under temporary names, one line of the journal that commits,
 * then names, manifest, and the files that are no longer needed. Killed in between, readers see the old state before the line and the new one
 * after it; the next change finishes what is left.
 *
 * @param work  writes the parts; null where there is nothing to change.
 * @throws Fault RECORDING_IN_USE with the pid, RECORDING_UNREADABLE for a damaged journal, RECORDING_NOT_WRITABLE, and what `work` throws.
 */
export async function amendRecording(
  folder: string,
  now: EpochMicros,
  work: (turn: AmendTurn) => Promise<Amendment | null>,
): Promise<RecordingView> {
  const first = await openRecording(folder)
  if (first.writer !== null) throw inUse(first.folder, first.writer)
  try {
    const lock = await acquireWriterLock(first.folder, formatMicros(now))
    if (!lock.held) throw inUse(first.folder, lock.by)
    try {
      return await amendLocked(first.folder, now, work)
    } finally {
      await lock.release()
    }
  } catch (thrown) {
    if (thrown instanceof Fault || (thrown as NodeJS.ErrnoException).code === undefined) throw thrown
    throw notWritable(first.folder, thrown)
  }
}

async function amendLocked(folder: string, now: EpochMicros, work: (turn: AmendTurn) => Promise<Amendment | null>): Promise<RecordingView> {
  const view = await openRecording(folder)
  if (view.journal.damage !== null) throw unreadable(folder, view.journal.damage)
  await finishEarlier(view)
  const last = view.journal.entries.at(-1)
  const number = (last?.flush ?? 0) + 1
  const amendment = await work({ view, number }).catch(async (thrown: unknown) => {
    await sweepTemporary(folder)
    throw thrown
  })
  if (amendment !== null) await commit(view, amendment, { now, number })
  return await openRecording(folder)
}

/** Names that a killed program had committed but not given, and files that it had replaced but not deleted. */
async function finishEarlier(view: RecordingView): Promise<void> {
  for (const { name, path } of view.parts) if (basename(path) !== name) await rename(path, join(view.folder, name))
  for (const name of view.leftovers) await rm(join(view.folder, name), { force: true })
  await sweepTemporary(view.folder)
  await syncFolder(view.folder)
}

/** Nobody else writes while the lock is ours: what has a temporary name is nobody's. */
async function sweepTemporary(folder: string): Promise<void> {
  for (const name of await readdir(folder))
    if (name.startsWith(TEMPORARY_PREFIX)) await rm(join(folder, name), { recursive: true, force: true })
}

async function commit(
  view: RecordingView,
  amendment: Amendment,
  at: { readonly now: EpochMicros; readonly number: number },
): Promise<void> {
  const { folder, manifest } = view
  const entry = entryOf(view, amendment, at)
  const journal = await JournalFile.open(folder)
  try {
    // The journal's line must not outlive a power cut that takes the names of what it commits.
    await syncFolder(folder)
    await raiseManifest(folder, manifest)
    await journal.append(entry)
    const end = { lines: journal.lines, sum: journal.sum }
    for (const { name } of amendment.parts) await rename(temporaryPath(folder, name), join(folder, name))
    await syncFolder(folder)
    if (manifest.stop !== null) await writeManifest(folder, closedAgain(manifest, { entry, end, view, amendment }))
  } finally {
    await journal.close()
  }
  const live = new Set(livePartsOf([...view.journal.entries, entry]).map(({ name }) => name))
  for (const part of view.parts) if (!live.has(part.name)) await rm(join(folder, part.name), { force: true })
  await syncFolder(folder)
}

/** The next line of the journal. What is no longer stored was pruned or is lost; nothing just goes. */
export function entryOf(
  view: RecordingView,
  { parts, replaces = [], loss }: Amendment,
  at: { readonly now: EpochMicros; readonly number: number },
): JournalEntry {
  if (parts.length > MAX_PARTS_A_LINE)
    throw notWritable(view.folder, `${parts.length} parts at once are more than a line of its journal holds`)
  const before = countsOf(view)
  const { entries } = view.journal
  const bare = { flush: at.number, at: formatMicros(at.now), parts, replaces, produced: 0, stored: 0, buffered: 0, dropped: 0, gaps: 0 }
  const stored = countIn(livePartsOf([...entries, bare]))
  const gone = before.stored - stored
  if (gone !== 0 && loss === undefined) throw unreadable(view.folder, `${before.stored} measurements would become ${stored}`)
  const pruned = before.pruned + (loss?.as === 'pruned' ? gone : 0)
  // While it is open, what waited when its recorder died stays apart: whoever goes on counts it as dropped, or a repair.
  const last = view.manifest.stop === null ? entries.at(-1) : undefined
  const buffered = last?.buffered ?? 0
  const dropped = (view.manifest.stop === null ? (last?.dropped ?? 0) : before.dropped) + (loss?.as === 'dropped' ? gone : 0)
  return {
    flush: parts.reduce((highest, part) => Math.max(highest, numberOfPart(part)), at.number),
    at: bare.at,
    parts,
    ...(replaces.length > 0 ? { replaces } : {}),
    produced: before.produced,
    stored,
    buffered,
    dropped,
    ...(pruned > 0 ? { pruned } : {}),
    gaps: gapRowsOf(livePartsOf([...entries, bare])),
  }
}

function closedAgain(
  manifest: RecordingManifest,
  change: {
    readonly entry: JournalEntry
    readonly end: { readonly lines: number; readonly sum: string }
    readonly view: RecordingView
    readonly amendment: Amendment
  },
): RecordingManifest {
  if (manifest.stop === null) return manifest
  const { entry, end, view, amendment } = change
  const { stored, dropped, pruned, gaps } = entry
  const drops = amendment.loss?.as === 'dropped' ? [...manifest.stop.drops, ...amendment.loss.drops] : manifest.stop.drops
  const parts = livePartsOf([...view.journal.entries, entry]).length
  const stop = { ...manifest.stop, stored, dropped, ...(pruned === undefined ? {} : { pruned }), gaps, parts, drops, journal: end }
  return { ...manifest, stop }
}

function countIn(parts: readonly PartEntry[]): number {
  return parts.reduce((sum, { count }) => sum + count, 0)
}

function gapRowsOf(parts: readonly PartEntry[]): number {
  return parts.reduce((sum, { table, rows }) => (table === 'gaps' ? sum + rows : sum), 0)
}
