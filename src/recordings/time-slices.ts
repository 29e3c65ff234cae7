import { type EpochMicros, parseMicros } from '../readings/time.js'
import type { RecordingPart } from './open-recording.js'

/** A stretch of time, [from, to), and the parts that have something in it. */
export interface TimeSlice {
  readonly from: EpochMicros
  readonly to: EpochMicros
  readonly parts: readonly RecordingPart[]
}

/** A waveform row of 4,096 samples weighs as much as so many readings. */
const WAVEFORM_WEIGHT = 100

/**
 * Cuts a recording into stretches of time that each fit into memory, so that it can be read in time order though its parts
 * overlap (a late device, a clock that was wrong).
 *
 * @param maxWeight  about how many readings a slice may hold.
 */
export function sliceByTime(parts: readonly RecordingPart[], maxWeight: number): TimeSlice[] {
  const spans = parts.map((part) => ({ part, from: parseMicros(part.from) ?? 0, to: parseMicros(part.to) ?? 0 }))
  // Cuts come from both ends of the parts: one wild time in each part spoils only one of the two.
  const cuts = [...cutsAt(spans, 'from', maxWeight), ...cutsAt(spans, 'to', maxWeight)]
  const bounds = [Number.NEGATIVE_INFINITY, ...new Set(cuts.toSorted((a, b) => a - b)), Number.POSITIVE_INFINITY]
  return bounds.slice(0, -1).flatMap((from, i) => {
    const to = bounds[i + 1] ?? Number.POSITIVE_INFINITY
    const touched = touching(parts, { from, to })
    return touched.length === 0 ? [] : [{ from, to, parts: touched }]
  })
}

/** The parts that have something in a stretch of time, [from, to). */
export function touching(parts: readonly RecordingPart[], { from, to }: Pick<TimeSlice, 'from' | 'to'>): RecordingPart[] {
  return parts.filter((part) => (parseMicros(part.from) ?? 0) < to && (parseMicros(part.to) ?? 0) >= from)
}

type Span = { readonly part: RecordingPart; readonly from: EpochMicros; readonly to: EpochMicros }

function cutsAt(spans: readonly Span[], end: 'from' | 'to', maxWeight: number): EpochMicros[] {
  const cuts: EpochMicros[] = []
  let weight = 0
  for (const span of spans.toSorted((a, b) => a[end] - b[end])) {
    if (end === 'from' && weight >= maxWeight) cuts.push(span.from)
    if (weight >= maxWeight) weight = 0
    weight += span.part.rows * (span.part.table.startsWith('waveforms') ? WAVEFORM_WEIGHT : 1)
    if (end === 'to' && weight >= maxWeight) cuts.push(span.to + 1)
  }
  return cuts
}
