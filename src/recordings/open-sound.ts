import { unreadable } from './manifest-file.js'
import { openRecording, type RecordingView } from './open-recording.js'

/** Opens a recording of which nothing known is missing: what is made out of it would hide that. @throws Fault RECORDING_UNREADABLE, as openRecording */
export async function openSound(folder: string): Promise<RecordingView> {
  const view = await openRecording(folder)
  const [gone] = view.missing
  if (!view.manifestIntact) throw unreadable(view.folder, 'the checksum of its manifest is wrong')
  if (view.journal.damage !== null) throw unreadable(view.folder, view.journal.damage)
  if (gone !== undefined) throw unreadable(view.folder, `${gone.name} is missing`)
  return view
}
