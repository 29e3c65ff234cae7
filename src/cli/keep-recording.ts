import { withExceptionsOnly } from '../acquisition/with-exceptions-only.js'
import type { Surroundings } from '../drivers/contract.js'
import type { Sink } from '../sinks/contract.js'
import type { RecordingProgress } from '../sinks/recording/recording-sink.js'
import type { RecordingWishes } from './recording-flags.js'

/** A recording that a run keeps, and how it is getting on. */
export interface KeptRecording {
  readonly sink: Sink
  readonly progress: () => RecordingProgress
}

/** Says first whether the folder may be recorded into. DuckDB is loaded only where somebody records. */
export async function keepRecording(folder: string, wishes: RecordingWishes, around: Surroundings): Promise<KeptRecording> {
  const { createRecordingSink } = await import('../sinks/recording/recording-sink.js')
  const { refuseTakenFolder } = await import('../sinks/recording/begin-recording.js')
  await refuseTakenFolder(folder)
  const inner = createRecordingSink({ folder, flushIntervalMs: wishes.flush, clock: around.clock, log: around.log })
  const rules = { deadband: wishes['on-change'] ? 0 : null, atLeastEveryMs: wishes['at-least-every'] }
  return { sink: withExceptionsOnly(inner, rules), progress: () => inner.progress }
}
