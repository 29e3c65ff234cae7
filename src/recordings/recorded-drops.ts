import { parseMicros } from '../readings/time.js'
import type { Drop } from '../sinks/contract.js'
import type { RecordingView } from './open-recording.js'
import { countsOf } from './verify-recording.js'

/** What a recording lost, as far as it knows: stretches with a cause; what only its counts tell as one stretch over all of it. */
export function recordedDrops(view: RecordingView): Drop[] {
  const { start, stop } = view.manifest
  const begin = parseMicros(start.startedAt) ?? 0
  const known = (stop?.drops ?? []).map((drop) => ({ ...drop, from: parseMicros(drop.from) ?? begin, to: parseMicros(drop.to) ?? begin }))
  const rest = countsOf(view).dropped - known.reduce((sum, { count }) => sum + count, 0)
  if (rest <= 0) return known
  const end = parseMicros(stop?.at ?? view.journal.entries.at(-1)?.at ?? start.startedAt) ?? begin
  return [...known, { count: rest, from: begin, to: end, cause: 'dropped, or not yet written when the recorder ended' }]
}
