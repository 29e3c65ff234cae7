import { access, readdir } from 'node:fs/promises'
import { join, resolve } from 'node:path'
import { Fault } from '../faults/fault.js'
import { isPartName, PART_TABLE_NAMES, type PartEntry, type RecordingManifest } from '../readings/recording-layout.js'
import { temporaryPath } from '../sinks/recording/part-file.js'
import { type Journal, linesAt, readJournal } from './journal-text.js'
import { livePartsOf } from './live-parts.js'
import { readManifest, unreadable } from './manifest-file.js'
import { problemOfBytes } from './part-sum.js'

/** Where what is damaged goes, inside the recording. */
export const DAMAGED_FOLDER = 'damaged'

/** A part that is not as the journal says, or is not there. */
export interface DamagedPart {
  readonly part: PartEntry
  /** What is left of it; null where nothing is. */
  readonly path: string | null
  readonly problem: string
}

/** What is wrong with a recording, also where its manifest cannot be read. */
export interface Survey {
  readonly folder: string
  /** Null where it makes no sense. */
  readonly manifest: RecordingManifest | null
  readonly manifestProblem: string | null
  readonly journal: Journal
  readonly journalProblem: string | null
  readonly damaged: readonly DamagedPart[]
  /** Parquet files that the journal does not know. */
  readonly strangers: readonly string[]
  readonly isOpen: boolean
}

/** Reads every byte. @throws Fault FILE_NOT_FOUND, FILE_PERMISSION, RECORDING_UNREADABLE where there is nothing of a recording. */
export async function surveyRecording(given: string): Promise<Survey> {
  const folder = resolve(given)
  const read = await readManifest(folder).catch((thrown: unknown) => {
    if (thrown instanceof Fault && thrown.code === 'RECORDING_UNREADABLE') return thrown
    throw thrown
  })
  const names = await readdir(folder)
  const journal = await readJournal(folder)
  const known = new Set(journal.entries.flatMap(({ parts }) => parts.map(({ name }) => name)))
  const strangers = names.filter((name) => name.endsWith('.parquet') && !known.has(name))
  const manifest = read instanceof Fault ? null : read.manifest
  if (manifest === null && known.size === 0 && !strangers.some(isNamedAsPart)) throw unreadable(folder, 'it holds nothing of a recording')
  const isOpen = manifest === null || manifest.stop === null
  const isNameless = known.size === 0 && strangers.some(isNamedAsPart)
  return {
    folder,
    manifest,
    manifestProblem: read instanceof Fault ? (read.facts.because ?? read.message) : read.intact ? null : 'its checksum is wrong',
    journal,
    journalProblem: problemOfJournal(journal, manifest) ?? (isOpen && isNameless ? 'it names none of the parts' : null),
    damaged: await damagedParts(folder, journal),
    strangers,
    isOpen,
  }
}

export function isNamedAsPart(name: string): boolean {
  return PART_TABLE_NAMES.some((table) => isPartName(name, table))
}

function problemOfJournal(journal: Journal, manifest: RecordingManifest | null): string | null {
  if (journal.damage !== null) return journal.damage
  const stop = manifest?.stop ?? null
  if (stop !== null && linesAt(stop.journal, journal) === null) return 'it does not end where the recording ended'
  return journal.torn && stop !== null ? 'its last line is cut off' : null
}

async function damagedParts(folder: string, journal: Journal): Promise<DamagedPart[]> {
  const damaged: DamagedPart[] = []
  for (const part of livePartsOf(journal.entries)) {
    const places = [join(folder, part.name), temporaryPath(folder, part.name)]
    const path = await firstThereOf(places)
    if (path === null) {
      // A repair that was killed had moved it already.
      const aside = await firstThereOf([join(folder, DAMAGED_FOLDER, part.name)])
      damaged.push({ part, path: aside, problem: `${part.name}: it is missing` })
      continue
    }
    const problem = await problemOfBytes({ ...part, path })
    if (problem !== null) damaged.push({ part, path, problem })
  }
  return damaged
}

async function firstThereOf(paths: readonly string[]): Promise<string | null> {
  for (const path of paths) {
    const isThere = await access(path).then(
      () => true,
      () => false,
    )
    if (isThere) return path
  }
  return null
}
