import { access } from 'node:fs/promises'
import { openRecording, type RecordingView } from './open-recording.js'

/** A recorder merges small parts once a minute at most; whoever meets that so often reads for longer than small parts live. */
const MAX_READS = 6

/**
 * Reads from a recording as it is now. Where compaction takes parts away under the reader, it reads again what stands for them: it sees
 * the parts as they were or as they became, never both and never neither.
 *
 * @param read  may be called several times.
 */
export async function readRecording<T>(folder: string, read: (view: RecordingView) => Promise<T>): Promise<T> {
  for (let attempt = 1; ; attempt++) {
    const view = await openRecording(folder)
    try {
      return await read(view)
    } catch (thrown) {
      if (attempt === MAX_READS || !(await wasReplaced(view))) throw thrown
    }
  }
}

/** Whether a part of a view has gone that the recording no longer needs. */
export async function wasReplaced(view: RecordingView): Promise<boolean> {
  for (const part of view.parts) {
    try {
      await access(part.path)
    } catch {
      const { parts } = await openRecording(view.folder)
      return !parts.some(({ path }) => path === part.path)
    }
  }
  return false
}
