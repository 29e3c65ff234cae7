import { unreadable } from './manifest-file.js'
import type { RecordingView } from './open-recording.js'

/** Refuses a recording of which something known is missing: what is made out of it would hide that. @throws Fault RECORDING_UNREADABLE */
export function refuseUnsound(view: RecordingView): void {
  const [gone] = view.missing
  if (!view.manifestIntact) throw unreadable(view.folder, 'the checksum of its manifest is wrong')
  if (view.journal.damage !== null) throw unreadable(view.folder, view.journal.damage)
  if (gone !== undefined) throw unreadable(view.folder, `${gone.name} is missing`)
}
