import { withMarks } from '../dashboard/with-marks.js'
import type { Surroundings } from '../drivers/contract.js'
import type { Happening } from '../readings/measurement.js'
import type { Sink } from '../sinks/contract.js'

/** The recording beside a `watch`. */
export interface WatchRecording {
  readonly path: string
  readonly sink: Sink
  readonly parts: () => number
  readonly mark: (text: string) => Happening
}

/** DuckDB is loaded only where somebody records. */
export async function watchRecording(path: string, around: Surroundings): Promise<WatchRecording> {
  const { createRecordingSink } = await import('../sinks/recording/recording-sink.js')
  const { refuseFinishedRecording } = await import('../sinks/recording/begin-recording.js')
  await refuseFinishedRecording(path)
  const inner = createRecordingSink({ folder: path, clock: around.clock, log: around.log })
  const marked = withMarks(inner, around.clock)
  return { path, sink: marked.sink, mark: (text) => marked.mark(text), parts: () => inner.progress.parts }
}
