import { readdir } from 'node:fs/promises'
import { basename, join, resolve } from 'node:path'
import { type PartEntry, type PartTable, type RecordingManifest, TEMPORARY_PREFIX } from '../readings/recording-layout.js'
import { type Journal, readJournal } from './journal-text.js'
import { livePartsOf } from './live-parts.js'
import { readManifest } from './manifest-file.js'
import { findWriter, type Writer } from './writer-lock.js'

export interface RecordingPart extends PartEntry {
  readonly path: string
}

/** A recording as it is at the moment of opening; parts that come later are not in it. */
export interface RecordingView {
  /** Absolute. */
  readonly folder: string
  readonly name: string
  /** `interrupted`: nobody records and nobody closed it; all that was committed is there. */
  readonly state: 'recording' | 'complete' | 'interrupted'
  readonly writer: Writer | null
  readonly manifest: RecordingManifest
  /** Whether the manifest's checksum agrees with its text. */
  readonly manifestIntact: boolean
  readonly journal: Journal
  /** In the order in which they were written. */
  readonly parts: readonly RecordingPart[]
  /** Named by the journal, but not there. */
  readonly missing: readonly PartEntry[]
  /** Parquet files that the journal does not know. */
  readonly strangers: readonly string[]
  /** Files of parts that were replaced or pruned, by a program that died before it could delete them. */
  readonly leftovers: readonly string[]
}

/** Compaction may replace parts between reading the journal and looking for its files; then both are read again. */
const MAX_LOOKS = 20
const LOOK_AGAIN_MS = 10

/** Reads what there is to know of a recording; its parts stay closed. @throws Fault RECORDING_UNREADABLE, FILE_NOT_FOUND, FILE_PERMISSION. */
export async function openRecording(folder: string): Promise<RecordingView> {
  const absolute = resolve(folder)
  for (let look = 1; ; look++) {
    const view = await lookInto(absolute, look === MAX_LOOKS ? 'last' : 'early')
    if (view.missing.length === 0 || view.writer === null || look === MAX_LOOKS) return view
    await new Promise((resume) => setTimeout(resume, LOOK_AGAIN_MS))
  }
}

async function lookInto(absolute: string, look: 'early' | 'last'): Promise<RecordingView> {
  // The writer is asked for first: one that ends meanwhile leaves a manifest that says so.
  const writer = await findWriter(absolute)
  const { manifest, intact } = await readManifest(absolute)
  // Files before the journal: each was named there before it could be seen.
  const before = await readdir(absolute)
  const journal = await readJournal(absolute)
  const names = new Set(writer === null ? before : await readdir(absolute))
  const state = stateOf(manifest, writer ?? (manifest.stop === null ? await findWriter(absolute) : null))
  const entries = livePartsOf(journal.entries)
  const parts: RecordingPart[] = []
  const missing: PartEntry[] = []
  for (const entry of entries) {
    // What a writer committed that died before it could show it is whole under its temporary name. One that lives shows it in a moment.
    const places = writer !== null && look === 'early' ? [entry.name] : [entry.name, temporaryName(entry)]
    const found = places.find((name) => names.has(name))
    if (found !== undefined) parts.push({ ...entry, path: join(absolute, found) })
    else missing.push(entry)
  }
  const known = new Set(entries.map(({ name }) => name))
  const gone = new Set(journal.entries.flatMap((entry) => entry.parts.map(({ name }) => name)).filter((name) => !known.has(name)))
  const unknown = before.filter((name) => name.endsWith('.parquet') && !known.has(name))
  return {
    folder: absolute,
    name: basename(absolute),
    state,
    writer,
    manifest,
    manifestIntact: intact,
    journal,
    parts,
    missing,
    strangers: unknown.filter((name) => !gone.has(name)),
    leftovers: unknown.filter((name) => gone.has(name)),
  }
}

/** The files of one table. */
export function partPaths(view: RecordingView, table: PartTable): string[] {
  return view.parts.filter((part) => part.table === table).map((part) => part.path)
}

function stateOf(manifest: RecordingManifest, writer: Writer | null): RecordingView['state'] {
  if (manifest.stop !== null) return 'complete'
  return writer === null ? 'interrupted' : 'recording'
}

function temporaryName({ name }: PartEntry): string {
  return `${TEMPORARY_PREFIX}${name.replace(/\.parquet$/, '')}`
}
