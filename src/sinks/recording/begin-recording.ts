import { mkdir, readdir, rm } from 'node:fs/promises'
import { hostname, userInfo } from 'node:os'
import { dirname, join, resolve } from 'node:path'
import { Fault, reasonOf } from '../../faults/fault.js'
import type { ClockComparison } from '../../readings/clock.js'
import { JOURNAL_FILE, MANIFEST_FILE, MANIFEST_SCHEMA, type RecordingManifest, TEMPORARY_PREFIX } from '../../readings/recording-layout.js'
import type { Sensor } from '../../readings/sensor.js'
import { formatMicros } from '../../readings/time.js'
import { readJournal } from '../../recordings/journal-text.js'
import { livePartsOf } from '../../recordings/live-parts.js'
import { raised, readManifest, unreadable, writeManifest } from '../../recordings/manifest-file.js'
import { syncFolder } from '../../recordings/replace-file.js'
import { acquireWriterLock, findWriter } from '../../recordings/writer-lock.js'
import type { RunStart } from '../contract.js'
import { JournalFile } from './journal-file.js'
import { showParts } from './part-file.js'

/** A folder that is ours to record into. */
export interface Beginning {
  readonly manifest: RecordingManifest
  readonly journal: JournalFile
  /** Whether a recorder died here before. */
  readonly resumes: boolean
  readonly release: () => Promise<void>
}

/**
 * Takes a folder: makes it, or goes on where a recorder died. Commits that the dead one had not finished are finished, what it
 * had half-written is swept.
 *
 * @throws Fault RECORDING_IN_USE, RECORDING_EXISTS, RECORDING_UNREADABLE, RECORDING_NOT_WRITABLE.
 */
export async function beginRecording(folder: string, run: RunStart, flushIntervalMs: number): Promise<Beginning> {
  const since = formatMicros(run.startedAt)
  try {
    await makeDurably(folder)
    const lock = await acquireWriterLock(folder, since)
    if (!lock.held) throw inUse(folder, lock.by)
    try {
      return await takeFolder(folder, run, flushIntervalMs, () => lock.release())
    } catch (thrown) {
      await lock.release()
      throw thrown
    }
  } catch (thrown) {
    throw thrown instanceof Fault ? thrown : notWritable(folder, thrown)
  }
}

/** A power cut must not take the folder with all that is in it. */
async function makeDurably(folder: string): Promise<void> {
  const first = await mkdir(folder, { recursive: true }).catch(async (thrown: unknown) => {
    // Of a read-only disk Node says that there is no such folder; asked plainly it says why.
    if ((thrown as NodeJS.ErrnoException).code === 'ENOENT') await mkdir(folder)
    throw thrown
  })
  if (first === undefined) return
  for (let made = resolve(folder); ; made = dirname(made)) {
    await syncFolder(dirname(made))
    if (made === resolve(first) || made === dirname(made)) return
  }
}

export function notWritable(folder: string, thrown: unknown): Fault {
  return new Fault('RECORDING_NOT_WRITABLE', {
    message: `${folder} cannot be recorded into`,
    where: { folder },
    because: reasonOf(thrown),
    advice: { folder },
    cause: thrown,
  })
}

async function takeFolder(folder: string, run: RunStart, flushIntervalMs: number, release: () => Promise<void>): Promise<Beginning> {
  const names = await readdir(folder)
  const resumes = names.includes(MANIFEST_FILE)
  if (!resumes) refuseStrangers(folder, names)
  const manifest = resumes ? await resumedManifest(folder, run) : freshManifest(run, flushIntervalMs)
  const replaced = resumes ? await rollForward(folder) : []
  const unwanted = new Set([
    ...names.filter((name) => name.startsWith(TEMPORARY_PREFIX)),
    ...replaced.filter((name) => names.includes(name)),
  ])
  for (const name of unwanted) await rm(join(folder, name), { force: true, recursive: true })
  await writeManifest(folder, manifest)
  return { manifest, journal: await JournalFile.open(folder), resumes, release }
}

/** Shows what an interrupted recorder had committed but not yet shown. @returns the names of parts that others stand for. */
async function rollForward(folder: string): Promise<string[]> {
  const journal = await readJournal(folder)
  // Going on after a damaged line would cut off all that follows it.
  if (journal.damage !== null) throw unreadable(folder, journal.damage)
  try {
    await showParts(folder, journal.entries.at(-1)?.parts ?? [])
  } catch (thrown) {
    if ((thrown as NodeJS.ErrnoException).code !== 'ENOENT') throw thrown
    throw unreadable(folder, `a part of its last flush is gone: ${reasonOf(thrown)}`)
  }
  const live = new Set(livePartsOf(journal.entries).map(({ name }) => name))
  return journal.entries.flatMap(({ parts }) => parts.map(({ name }) => name)).filter((name) => !live.has(name))
}

/**
 * Says before any work whether a recording may begin here; beginning checks again.
 * @throws Fault RECORDING_IN_USE, RECORDING_EXISTS for a complete recording or somebody else's files, RECORDING_UNREADABLE.
 */
export async function refuseTakenFolder(folder: string): Promise<void> {
  const writer = await findWriter(folder)
  if (writer !== null) throw inUse(folder, writer)
  const names = await readdir(folder).catch((): string[] => [])
  if (!names.includes(MANIFEST_FILE)) refuseStrangers(folder, names)
  else refuseStopped(folder, (await readManifest(folder)).manifest)
}

function refuseStrangers(folder: string, names: readonly string[]): void {
  const stranger = names.find((name) => name.endsWith('.parquet') || name === JOURNAL_FILE)
  if (stranger === undefined) return
  throw new Fault('RECORDING_EXISTS', {
    message: `${folder} holds ${stranger}, but no ${MANIFEST_FILE}`,
    where: { folder },
    because: 'a new recording would mix with files of something else',
    advice: { folder },
  })
}

async function resumedManifest(folder: string, run: RunStart): Promise<RecordingManifest> {
  const { manifest } = await readManifest(folder)
  refuseStopped(folder, manifest)
  const at = formatMicros(run.startedAt)
  return {
    ...raised(manifest),
    resumed: [...manifest.resumed, { at, pid: process.pid, host: hostname(), tool: run.tool }],
    sensors: mergeSensors(folder, manifest.sensors, run.sensors),
    assets: [...manifest.assets.filter((old) => !run.assets.some((asset) => asset.key === old.key)), ...run.assets],
  }
}

function refuseStopped(folder: string, { stop }: RecordingManifest): void {
  if (stop === null) return
  throw new Fault('RECORDING_EXISTS', {
    message: `${folder} already holds a complete recording`,
    where: { folder },
    because: `it was ended by ${stop.endedBy} at ${stop.at}`,
    advice: { folder },
  })
}

/** The old ones first. A sensor that kept its name but means something else would mix two things in one column. */
function mergeSensors(folder: string, old: readonly Sensor[], added: readonly Sensor[]): Sensor[] {
  const byKey = new Map(old.map((sensor) => [sensor.key, sensor]))
  for (const sensor of added) {
    const known = byKey.get(sensor.key)
    if (known !== undefined && (known.unit !== sensor.unit || known.address !== sensor.address)) {
      throw new Fault('RECORDING_EXISTS', {
        message: `${folder} holds an interrupted recording in which ${sensor.key} is another sensor`,
        where: { folder, sensor: sensor.key },
        because: `there it is ${known.address} in ${known.unit ?? 'no unit'}, now ${sensor.address} in ${sensor.unit ?? 'no unit'}`,
        advice: { folder },
      })
    }
    byKey.set(sensor.key, sensor)
  }
  return [...byKey.values()]
}

function freshManifest(run: RunStart, flushIntervalMs: number): RecordingManifest {
  return {
    schema: MANIFEST_SCHEMA,
    start: {
      startedAt: formatMicros(run.startedAt),
      who: whoAmI(),
      host: hostname(),
      pid: process.pid,
      tool: run.tool,
      purpose: run.purpose,
      site: run.site,
      clock: clockState(run.clock ?? null),
      flushIntervalMs,
    },
    resumed: [],
    sensors: [...new Map(run.sensors.map((sensor) => [sensor.key, sensor])).values()],
    assets: run.assets,
    stop: null,
  }
}

function clockState(comparison: ClockComparison | null): RecordingManifest['start']['clock'] {
  if (comparison === null) return { source: 'system', ntpOffsetMs: null }
  if (comparison.offsetMs === null)
    return { source: 'system', ntpOffsetMs: null, ntpServer: comparison.server, because: comparison.because }
  return { source: 'system', ntpOffsetMs: comparison.offsetMs, ntpServer: comparison.server, ntpRoundTripMs: comparison.roundTripMs }
}

export function whoAmI(): string {
  try {
    return userInfo().username
  } catch {
    // A container may run under a number that has no name.
    return `uid ${process.getuid?.() ?? 'unknown'}`
  }
}

export function inUse(folder: string, by: { readonly pid: number; readonly host: string; readonly since: string }): Fault {
  return new Fault('RECORDING_IN_USE', {
    message: `process ${by.pid} on ${by.host} is recording into ${folder}`,
    where: { folder, pid: String(by.pid), host: by.host },
    because:
      by.host === hostname()
        ? `it has done so since ${by.since}`
        : `only that machine can tell whether it still does; if not, remove ${join(folder, 'recorder-*.lock')}`,
    advice: { folder, ...(by.host === hostname() ? { pid: String(by.pid) } : {}) },
  })
}
