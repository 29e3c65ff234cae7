import { Fault, reasonOf } from '../faults/fault.js'
import { unreadable } from './manifest-file.js'
import type { RecordingView } from './open-recording.js'
import { findDamage } from './part-sum.js'

/** What a failing read of a recording means, with the damaged part by name where it is found soon; a Fault stays what it is. */
export async function unreadablePart(view: RecordingView, thrown: unknown): Promise<Fault> {
  if (thrown instanceof Fault) return thrown
  const damage = await findDamage(view.parts)
  return unreadable(view.folder, damage === null ? reasonOf(thrown) : `${damage} (${reasonOf(thrown)})`)
}
