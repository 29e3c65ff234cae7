import { stat } from 'node:fs/promises'
import { reasonOf } from '../faults/fault.js'
import { sumOfFile } from './file-sum.js'
import type { RecordingPart } from './open-recording.js'

/** A failing read may cost so much reading again to say which part failed: seconds. `recordings verify` reads all. */
const MAX_SEARCHED_BYTES = 1024 ** 3

/** What is wrong with the bytes of a part by what the journal says of it; null where nothing is. @throws the signal's reason. */
export async function problemOfBytes(part: RecordingPart, signal?: AbortSignal): Promise<string | null> {
  try {
    const { size } = await stat(part.path)
    if (size !== part.bytes) return `${part.name}: ${size} bytes instead of ${part.bytes}`
    return (await sumOfFile(part.path, signal)).sha256 === part.sha256 ? null : `${part.name}: its checksum is wrong`
  } catch (thrown) {
    signal?.throwIfAborted()
    return `${part.name}: ${reasonOf(thrown)}`
  }
}

/** The first part that is damaged, as a text; null where none of those that were looked at is. */
export async function findDamage(parts: readonly RecordingPart[]): Promise<string | null> {
  let searchedBytes = 0
  for (const part of parts) {
    searchedBytes += part.bytes
    if (searchedBytes > MAX_SEARCHED_BYTES) return null
    const problem = await problemOfBytes(part)
    if (problem !== null) return problem
  }
  return null
}
