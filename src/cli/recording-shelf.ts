import { relative, resolve } from 'node:path'
import process from 'node:process'
import type { RecordingShelf, ShelfFacts, ShelvedRecording } from '../dashboard/work-facts.js'
import { reasonOf } from '../faults/fault.js'
import type { Clock } from '../readings/clock.js'
import { parseMicros } from '../readings/time.js'
import type { RecordingSummary } from '../recordings/list-recordings.js'

/** Long enough that looking is not noticed, short enough that one's own recording is soon there. */
const LOOK_AGAIN_MS = 5000
/** A folder on a slow disk is looked at for a twentieth of the time at most. */
const REST_FACTOR = 20

/** The recordings in a folder, looked for while somebody asks: at once, then again when what is known has grown old. */
export function openRecordingShelf(folder: string, clock: Clock): RecordingShelf {
  const whole = resolve(folder)
  let facts: ShelfFacts = { folder: whole, phase: 'looking', because: '', recordings: [] }
  let nextMs = Number.NEGATIVE_INFINITY
  const look = async (): Promise<void> => {
    const beganMs = clock.monotonicMs()
    nextMs = Number.POSITIVE_INFINITY
    try {
      const { listRecordings } = await import('../recordings/list-recordings.js')
      const recordings = (await listRecordings(whole)).map((summary) => shelved(summary, whole))
      facts = {
        folder: whole,
        phase: 'known',
        because: '',
        recordings: recordings.toSorted((a, b) => (b.startedAt ?? 0) - (a.startedAt ?? 0)),
      }
    } catch (thrown) {
      facts = { folder: whole, phase: 'failed', because: reasonOf(thrown), recordings: [] }
    }
    const now = clock.monotonicMs()
    nextMs = now + Math.max(LOOK_AGAIN_MS, (now - beganMs) * REST_FACTOR)
  }
  return {
    ask() {
      if (clock.monotonicMs() >= nextMs) void look()
      return facts
    },
  }
}

function shelved(summary: RecordingSummary, folder: string): ShelvedRecording {
  const { path, name, state, bytes, stored, dropped, problem } = summary
  const startedAt = parseMicros(summary.startedAt ?? '') ?? null
  const until = parseMicros(summary.until ?? '') ?? null
  const lengthMs = startedAt === null || until === null ? null : Math.max(0, (until - startedAt) / 1000)
  const here = relative(process.cwd(), path)
  const replayCommand = `chatterfix replay ${shellWord(here === '' ? '.' : here)}`
  return {
    name: relative(folder, path) || name,
    state,
    startedAt,
    lengthMs,
    bytes,
    stored,
    dropped,
    problem,
    replayCommand,
  }
}

/** A path as a shell takes it for one word. */
function shellWord(text: string): string {
  return /^[\w./:@%+=,\\-]+$/.test(text) ? text : `'${text.replaceAll("'", String.raw`'\''`)}'`
}
