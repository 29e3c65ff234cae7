import { join } from 'node:path'
import type { DuckDBConnection } from '@duckdb/node-api'
import {
  isPartName,
  JOURNAL_FILE,
  type JournalEntry,
  PART_TABLE_NAMES,
  type PartEntry,
  type RecordingManifest,
} from '../readings/recording-layout.js'
import { type EpochMicros, formatMicros } from '../readings/time.js'
import { JournalFile } from '../sinks/recording/journal-file.js'
import { describePart } from './build-part.js'
import { readJournal } from './journal-text.js'
import { livePartsOf, numberOfPart } from './live-parts.js'
import { raiseManifest, writeManifest } from './manifest-file.js'
import { rangesOf } from './part-ranges.js'
import { keepCopy } from './repair-aside.js'
import type { Survey } from './repair-survey.js'

export interface RepairedJournal {
  /** Parts that lie in the folder and that the damaged journal no longer named. */
  readonly adopted: readonly PartEntry[]
  /** Parts that lie there and that an adopted one stands for. */
  readonly merged: readonly PartEntry[]
}

/**
 * Goes on after the last good line of a damaged journal: with the parts that lie there unnamed. A merged part whose rows are those of all
 * parts in its stretch of time stands for them: the line that said so was lost.
 */
export async function repairJournal(
  survey: Survey,
  around: { readonly connection: DuckDBConnection; readonly now: EpochMicros },
): Promise<RepairedJournal> {
  if (survey.journalProblem === null) return { adopted: [], merged: [] }
  const { folder, journal } = survey
  const adopted = await partsUnnamed(survey, around.connection)
  const live = livePartsOf(journal.entries)
  const merged = live.filter((part) => adopted.some((whole) => standsFor(whole, part, live)))
  await keepCopy(folder, JOURNAL_FILE)
  if (survey.manifest !== null && survey.manifestProblem === null) await raiseManifest(folder, survey.manifest)
  const file = await JournalFile.open(folder)
  try {
    await file.append(adoption({ journal, adopted, replaces: rangesOf(merged, live), now: around.now }, survey.manifest?.stop ?? null))
    const stop = survey.manifest?.stop ?? null
    if (survey.manifest !== null && stop !== null) await closeAt(folder, survey.manifest, file)
  } finally {
    await file.close()
  }
  const missing = new Set(survey.damaged.filter(({ path }) => path === null).map(({ part }) => part.name))
  return { adopted, merged: merged.filter(({ name }) => !missing.has(name)) }
}

async function partsUnnamed({ folder, strangers }: Survey, connection: DuckDBConnection): Promise<PartEntry[]> {
  const found: PartEntry[] = []
  for (const name of strangers) {
    const table = PART_TABLE_NAMES.find((one) => isPartName(name, one))
    if (table === undefined) continue
    // What cannot be read stays a stranger and is set aside.
    const part = await describePart({ connection, table, name, path: join(folder, name), read: 'all' }).catch(() => null)
    if (part !== null) found.push(part)
  }
  return found.toSorted((a, b) => numberOfPart(a) - numberOfPart(b))
}

function standsFor(whole: PartEntry, part: PartEntry, live: readonly PartEntry[]): boolean {
  const isWithin = (one: PartEntry) => one.table === whole.table && one.from >= whole.from && one.to <= whole.to
  return isWithin(part) && live.filter(isWithin).reduce((sum, { rows }) => sum + rows, 0) === whole.rows
}

/** What was produced is known where the recording was closed; what is missing then is lost. */
function adoption(
  state: {
    readonly journal: Survey['journal']
    readonly adopted: readonly PartEntry[]
    readonly replaces: NonNullable<JournalEntry['replaces']>
    readonly now: EpochMicros
  },
  stop: RecordingManifest['stop'],
): JournalEntry {
  const { journal, adopted, replaces } = state
  const last = journal.entries.at(-1)
  const flush = [...journal.entries.map((entry) => entry.flush), ...adopted.map(numberOfPart)].reduce((a, b) => Math.max(a, b), 0) + 1
  const bare: JournalEntry = {
    flush,
    at: formatMicros(state.now),
    parts: adopted,
    replaces,
    produced: 0,
    stored: 0,
    buffered: 0,
    dropped: 0,
    gaps: 0,
  }
  const live = livePartsOf([...journal.entries, bare])
  const stored = live.reduce((sum, { count }) => sum + count, 0)
  const pruned = Math.max(stop?.pruned ?? 0, last?.pruned ?? 0)
  const known = Math.max(stop?.dropped ?? 0, last?.dropped ?? 0)
  const dropped = Math.max(known, (stop?.produced ?? 0) - stored - pruned)
  return {
    flush,
    at: bare.at,
    parts: adopted,
    ...(replaces.length > 0 ? { replaces } : {}),
    produced: stored + dropped + pruned,
    stored,
    buffered: 0,
    dropped,
    ...(pruned > 0 ? { pruned } : {}),
    gaps: live.reduce((sum, { table, rows }) => (table === 'gaps' ? sum + rows : sum), 0),
  }
}

async function closeAt(folder: string, manifest: RecordingManifest, file: JournalFile): Promise<void> {
  const { entries } = await readJournal(folder)
  const last = entries.at(-1)
  if (manifest.stop === null || last === undefined) return
  const { produced, stored, dropped, pruned, gaps } = last
  const counts = { produced, stored, dropped, ...(pruned === undefined ? {} : { pruned }), gaps, parts: livePartsOf(entries).length }
  await writeManifest(folder, { ...manifest, stop: { ...manifest.stop, ...counts, journal: { lines: file.lines, sum: file.sum } } })
}
