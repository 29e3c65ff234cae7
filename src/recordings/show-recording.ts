import type { RecordingManifest } from '../readings/recording-layout.js'
import { type RecordingSummary, summaryOf } from './list-recordings.js'
import { openRecording } from './open-recording.js'

export interface RecordingDetails extends RecordingSummary {
  readonly schema: 'chatterfix/recording-details/1'
  readonly start: RecordingManifest['start']
  readonly resumed: RecordingManifest['resumed']
  readonly points: RecordingManifest['sensors']
  readonly assets: RecordingManifest['assets']
  readonly stop: RecordingManifest['stop']
  /** Who is recording; null where nobody is. */
  readonly writer: { readonly pid: number; readonly host: string } | null
}

/** All that a recording says of itself, without opening its parts. */
export async function showRecording(folder: string): Promise<RecordingDetails> {
  const view = await openRecording(folder)
  const { start, resumed, sensors, assets, stop } = view.manifest
  const writer = view.writer === null ? null : { pid: view.writer.pid, host: view.writer.host }
  return { schema: 'chatterfix/recording-details/1', ...summaryOf(view), start, resumed, points: sensors, assets, stop, writer }
}
