import { parseMicros } from '../readings/time.js'
import type { Drop } from '../sinks/contract.js'
import type { RecordingView } from './open-recording.js'
import { countsOf } from './verify-recording.js'

/** What a recording lost, as far as it knows: stretches with a cause; what only its counts tell as one stretch. */
export function recordedDrops(view: RecordingView): Drop[] {
  const { start, stop } = view.manifest
  const begin = parseMicros(start.startedAt) ?? 0
  const known = (stop?.drops ?? []).map((drop) => ({ ...drop, from: parseMicros(drop.from) ?? begin, to: parseMicros(drop.to) ?? begin }))
  const rest = countsOf(view).dropped - known.reduce((sum, { count }) => sum + count, 0)
  if (rest <= 0) return known
  return [...known, { count: rest, ...stretchOf(view, rest), cause: 'dropped, or not yet written when the recorder ended' }]
}

/** What only waited to be written came between the last two flushes; of anything else nobody knows when it was. */
function stretchOf(
  { manifest: { start, stop }, journal: { entries } }: RecordingView,
  count: number,
): { readonly from: number; readonly to: number } {
  const begin = parseMicros(start.startedAt) ?? 0
  const last = entries.at(-1)
  if (last !== undefined && last.dropped === 0 && last.buffered === count) {
    const flush = entries.findIndex(({ produced }) => produced === last.produced)
    const [before, at] = [entries[flush - 1]?.at ?? start.startedAt, entries[flush]?.at ?? last.at]
    return { from: parseMicros(before) ?? begin, to: parseMicros(at) ?? begin }
  }
  return { from: begin, to: parseMicros(stop?.at ?? last?.at ?? start.startedAt) ?? begin }
}
