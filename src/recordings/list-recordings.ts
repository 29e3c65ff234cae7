import { readdir } from 'node:fs/promises'
import { join, resolve } from 'node:path'
import { Fault } from '../faults/fault.js'
import { JOURNAL_FILE } from '../readings/recording-layout.js'
import { openRecording, type RecordingView } from './open-recording.js'
import { countsOf } from './verify-recording.js'

export interface RecordingSummary {
  readonly path: string
  readonly name: string
  readonly state: RecordingView['state'] | 'unreadable'
  readonly startedAt: string | null
  /** Of the last flush. */
  readonly until: string | null
  readonly site: string | null
  readonly sensors: number
  readonly stored: number
  readonly dropped: number
  readonly gaps: number
  readonly parts: number
  readonly bytes: number
  readonly endedBy: string | null
  /** Why it cannot be read; else null. */
  readonly problem: string | null
}

const MAX_DEPTH = 3
const MAX_FOLDERS = 10_000

/** The recordings below a folder, or the folder itself, in order of their names. @throws Fault FILE_NOT_FOUND where there is no such folder. */
export async function listRecordings(root: string): Promise<RecordingSummary[]> {
  const found: string[] = []
  await collect(resolve(root), { depth: 0, found, visited: { count: 0 } })
  const summaries: RecordingSummary[] = []
  for (const folder of found.toSorted()) summaries.push(await summarise(folder))
  return summaries
}

async function collect(
  folder: string,
  walk: { readonly depth: number; readonly found: string[]; readonly visited: { count: number } },
): Promise<void> {
  if (++walk.visited.count > MAX_FOLDERS) return
  const entries = await readdir(folder, { withFileTypes: true }).catch((thrown: unknown) => {
    // A folder below that may not be read hides what is in it; the one that was asked for has to be there.
    if (walk.depth > 0) return []
    throw new Fault('FILE_NOT_FOUND', { message: `${folder} cannot be listed`, where: { folder }, advice: { folder }, cause: thrown })
  })
  if (entries.some((entry) => entry.name === JOURNAL_FILE && entry.isFile())) {
    walk.found.push(folder)
    return
  }
  if (walk.depth >= MAX_DEPTH) return
  for (const entry of entries) {
    const isVisible = entry.isDirectory() && !entry.name.startsWith('.') && entry.name !== 'node_modules'
    if (isVisible) await collect(join(folder, entry.name), { ...walk, depth: walk.depth + 1 })
  }
}

/** What a listing tells of a recording. */
export async function summarise(folder: string): Promise<RecordingSummary> {
  try {
    return summaryOf(await openRecording(folder))
  } catch (thrown) {
    if (!(thrown instanceof Fault)) throw thrown
    const nothing = {
      startedAt: null,
      until: null,
      site: null,
      sensors: 0,
      stored: 0,
      dropped: 0,
      gaps: 0,
      parts: 0,
      bytes: 0,
      endedBy: null,
    }
    return {
      path: folder,
      name: folder.split(/[\\/]/).at(-1) ?? folder,
      state: 'unreadable',
      ...nothing,
      problem: thrown.facts.because ?? thrown.message,
    }
  }
}

export function summaryOf(view: RecordingView): RecordingSummary {
  const { start, stop, sensors } = view.manifest
  const { stored, dropped, gaps } = countsOf(view)
  return {
    path: view.folder,
    name: view.name,
    state: view.state,
    startedAt: start.startedAt,
    until: stop?.at ?? view.journal.entries.at(-1)?.at ?? start.startedAt,
    site: start.site,
    sensors: sensors.length,
    stored,
    dropped,
    gaps,
    parts: view.parts.length,
    bytes: view.parts.reduce((sum, part) => sum + part.bytes, 0),
    endedBy: stop?.endedBy ?? null,
    problem: view.journal.damage,
  }
}
