import { access } from 'node:fs/promises'
import { openRecording, type RecordingView } from './open-recording.js'

/** A recorder merges small parts some times a minute; whoever meets that so often reads for longer than small parts live. */
const MAX_READS = 20

/**
 * Reads from a recording as it is now. Where compaction takes parts away under the reader, it reads again what stands for them: it sees
 * the parts as they were or as they became, never both and never neither.
 *
 * @param read  may be called several times.
 */
export async function readRecording<T>(folder: string, read: (view: RecordingView) => Promise<T>): Promise<T> {
  return await readRecordings([folder], async ([view]) => await read(view as RecordingView))
}

/** The same for several at once. */
export async function readRecordings<T>(folders: readonly string[], read: (views: readonly RecordingView[]) => Promise<T>): Promise<T> {
  for (let attempt = 1; ; attempt++) {
    const views = await Promise.all(folders.map((folder) => openRecording(folder)))
    try {
      return await read(views)
    } catch (thrown) {
      if (attempt === MAX_READS || !(await anyWasReplaced(views))) throw thrown
    }
  }
}

/** Whether a part of these views has gone because the recording no longer needs it. */
export async function anyWasReplaced(views: readonly RecordingView[]): Promise<boolean> {
  for (const view of views) if (await wasReplaced(view)) return true
  return false
}

async function wasReplaced(view: RecordingView): Promise<boolean> {
  const gone = new Set<string>()
  for (const { path } of view.parts) await access(path).catch(() => gone.add(path))
  if (gone.size === 0) return false
  const { parts } = await openRecording(view.folder)
  return !parts.some(({ path }) => gone.has(path))
}
