import { Fault } from '../faults/fault.js'
import { type EpochMicros, formatMicros, parseMicros } from '../readings/time.js'
import { inUse, notWritable } from '../sinks/recording/begin-recording.js'
import { amendRecording } from './amend-recording.js'
import { openDuckdb } from './duckdb-session.js'
import { refuseWhenAborted } from './interruptible-run.js'
import { readManifest, writeManifest } from './manifest-file.js'
import { openRecording, type RecordingView } from './open-recording.js'
import { partScribe } from './part-scribe.js'
import { recordedDrops } from './recorded-drops.js'
import { setAside } from './repair-aside.js'
import { repairJournal } from './repair-journal.js'
import { repairManifest } from './repair-manifest.js'
import { type MendedPart, mendParts } from './repair-parts.js'
import { isNamedAsPart, type Survey, surveyRecording } from './repair-survey.js'
import { countsOf, type RecordingVerdict, verifyRecording } from './verify-recording.js'
import { acquireWriterLock, findWriter } from './writer-lock.js'

const MEMORY_LIMIT_MB = 2048

export interface RepairedRecording {
  readonly schema: 'chatterfix/repair/1'
  readonly path: string
  readonly dryRun: boolean
  /** What was wrong. */
  readonly problems: readonly string[]
  /** What was done about it, or would be. */
  readonly actions: readonly string[]
  readonly mended: readonly MendedPart[]
  /** How it reads afterwards; null in a dry run. */
  readonly verdict: RecordingVerdict | null
}

export interface RepairAround {
  readonly now: EpochMicros
  /** What repairs, e.g. `chatterfix 0.1.0`. */
  readonly tool: string
  readonly signal: AbortSignal
}

/** What a repair would find and do. @throws Fault as surveyRecording, RECORDING_IN_USE */
export async function previewRepair(folder: string): Promise<RepairedRecording> {
  await refuseRecordedInto(folder)
  const survey = await surveyRecording(folder)
  return { ...told(survey), dryRun: true, mended: [], verdict: null }
}

/**
 * Makes a damaged or interrupted recording whole again and reads it back. Each step leaves a recording that the next repair can go on with;
 * what is damaged goes into `damaged/`, nothing is deleted.
 *
 * @throws Fault RECORDING_IN_USE, RECORDING_UNREADABLE where there is nothing of a recording, RECORDING_NOT_WRITABLE, INTERRUPTED.
 */
export async function repairRecording(folder: string, around: RepairAround): Promise<RepairedRecording> {
  await refuseRecordedInto(folder)
  const survey = await surveyRecording(folder)
  refuseWhenAborted(around.signal)
  const report = told(survey)
  if (report.problems.length === 0) return { ...report, dryRun: false, mended: [], verdict: await verifyRecording(folder) }
  await repairHead(survey, around)
  const mended = await repairBody(survey, around)
  return { ...report, dryRun: false, mended, verdict: await verifyRecording(folder) }
}

/** Manifest and journal, so that the recording can be opened. */
async function repairHead(survey: Survey, around: RepairAround): Promise<void> {
  const { folder } = survey
  try {
    const lock = await acquireWriterLock(folder, formatMicros(around.now))
    if (!lock.held) throw inUse(folder, lock.by)
    const session = await openDuckdb({ memoryLimitMb: MEMORY_LIMIT_MB })
    try {
      await repairManifest(survey, { connection: session.connection, tool: around.tool })
      const { manifest } = await readManifest(folder)
      const { adopted, merged } = await repairJournal({ ...survey, manifest }, { connection: session.connection, now: around.now })
      const names = new Set(adopted.map(({ name }) => name))
      const unwanted = [...survey.strangers.filter((name) => !names.has(name)), ...merged.map(({ name }) => name)]
      for (const name of unwanted) await setAside(folder, name)
    } finally {
      session.close()
      await lock.release()
    }
  } catch (thrown) {
    if (thrown instanceof Fault || (thrown as NodeJS.ErrnoException).code === undefined) throw thrown
    throw notWritable(folder, thrown)
  }
}

/** Parts, and the end of an interrupted recording. */
async function repairBody({ folder, journal }: Survey, around: RepairAround): Promise<readonly MendedPart[]> {
  const { damaged, isOpen } = await surveyRecording(folder)
  let mended: readonly MendedPart[] = []
  let endedAt = around.now
  if (damaged.length > 0 || isOpen) {
    await amendRecording(folder, around.now, async ({ view, number }) => {
      endedAt = lastSignOfLife(view, journal.entries.at(-1)?.at, around.now)
      const session = await openDuckdb({ memoryLimitMb: MEMORY_LIMIT_MB })
      try {
        const scribe = partScribe({ folder: view.folder, connection: session.connection, signal: around.signal, number })
        const outcome = await mendParts(view, damaged, { scribe, endedAt, now: around.now })
        mended = outcome.mended
        return outcome.amendment
      } finally {
        session.close()
      }
    })
  }
  if (isOpen) await close(folder, endedAt)
  return mended
}

/** The last flush, or what was measured last where no journal tells of it; never later than now, whatever a device says. */
function lastSignOfLife(view: RecordingView, lastFlushAt: string | undefined, now: EpochMicros): EpochMicros {
  const times = [lastFlushAt, view.manifest.start.startedAt, ...view.parts.map(({ to }) => to)].map((text) => parseMicros(text ?? '') ?? 0)
  return times.filter((at) => at <= now).reduce((a, b) => Math.max(a, b), 0)
}

/** Writes the end of a recording that nobody ended. */
async function close(folder: string, endedAt: EpochMicros): Promise<void> {
  const view = await openRecording(folder)
  if (view.manifest.stop !== null) return
  const { lines, sum } = view.journal
  const { produced, stored, dropped, pruned, gaps } = countsOf(view)
  await writeManifest(folder, {
    ...view.manifest,
    stop: {
      at: formatMicros(endedAt),
      endedBy: 'fault',
      produced,
      stored,
      dropped,
      ...(pruned > 0 ? { pruned } : {}),
      gaps,
      parts: view.parts.length,
      drops: recordedDrops(view).map((drop) => ({ ...drop, from: formatMicros(drop.from), to: formatMicros(drop.to) })),
      journal: { lines, sum },
    },
  })
}

function told(survey: Survey): Pick<RepairedRecording, 'schema' | 'path' | 'problems' | 'actions'> {
  const { folder, manifestProblem, journalProblem, damaged, strangers, isOpen } = survey
  const findings: (readonly [problem: string, action: string])[] = [
    ...(manifestProblem === null ? [] : [[`manifest.json: ${manifestProblem}`, manifestAction(survey)] as const]),
    ...(journalProblem === null
      ? []
      : [[`parts.jsonl: ${journalProblem}`, 'go on after its last good line; keep the old one in damaged/'] as const]),
    ...damaged.map(
      ({ problem, path }) => [problem, path === null ? 'record a gap for it' : 'salvage what can be read, move it into damaged/'] as const,
    ),
    ...strangers.map((name) => [`${name}: it is not part of this recording`, strangerAction(name, survey)] as const),
    ...(isOpen ? [['nobody closed it', 'close it at its last flush, with a gap'] as const] : []),
  ]
  return {
    schema: 'chatterfix/repair/1',
    path: folder,
    problems: findings.map(([problem]) => problem),
    actions: findings.map(([, action]) => action),
  }
}

function manifestAction({ manifest }: Survey): string {
  return manifest === null ? 'rebuild it from the parts; what they do not tell becomes unknown' : 'keep what it says, with a right checksum'
}

function strangerAction(name: string, { journalProblem }: Survey): string {
  return journalProblem !== null && isNamedAsPart(name)
    ? 'take it in where it can be read, else move it into damaged/'
    : 'move it into damaged/'
}

async function refuseRecordedInto(folder: string): Promise<void> {
  const writer = await findWriter(folder)
  if (writer !== null) throw inUse(folder, writer)
}
