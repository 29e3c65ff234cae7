import { counted } from '../../readings/counted.js'
import { isolatedEvents } from '../conditioning/isolated-events.js'
import type { Samples } from '../samples.js'

/** A value held for longer is no vibration; shorter dropouts are told, but cost a record less than cutting it would. */
const LONGEST_HELD_S = 0.1
const LEAST_HELD = 64

/** What of a record a verdict about bearings may rest on. */
export interface SoundPart {
  readonly samples: Samples
  /** What was left out, for the reader. */
  readonly notes: readonly string[]
}

/**
 * The longest part of a record in which no value is held, without the few events that are too seldom to be a fault's and loud enough to drown it (a plug
 * that is touched, a glitch of the converter): they are bridged by a straight line.
 *
 * @param samples shape (n,), any unit; finite.
 * @returns the record itself where nothing is wrong with it, or where all of it is one value.
 */
export function soundPart(samples: Samples, { sampleRateHz }: { readonly sampleRateHz: number }): SoundPart {
  const { from, to } = longestMoving(samples, Math.max(LEAST_HELD, Math.round(LONGEST_HELD_S * sampleRateHz)))
  const isWhole = to - from === samples.length
  const part = isWhole ? samples : samples.subarray(from, to)
  const seconds = (count: number) => `${Number((count / sampleRateHz).toPrecision(3))} s`
  const notes = isWhole
    ? []
    : [
        `bearings and impulses are judged by ${seconds(part.length)} of ${seconds(samples.length)}, from ${seconds(from)} on: elsewhere one value is held`,
      ]
  const events = isolatedEvents(part, { sampleRateHz })
  const [first] = events
  if (!first) return { samples: part, notes }
  const bridged = Float64Array.from(part)
  for (const event of events) bridge(bridged, event)
  const many = counted(events.length, 'isolated event')
  return {
    samples: bridged,
    notes: [
      ...notes,
      `${many}, the first at ${seconds(from + first.from)}, left out where bearings and impulses are judged: too seldom for a fault, too loud beside one`,
    ],
  }
}

function longestMoving(samples: Samples, leastHeld: number): { readonly from: number; readonly to: number } {
  let best = { from: 0, to: 0 }
  let from = 0
  const take = (to: number) => {
    if (to - from > best.to - best.from) best = { from, to }
  }
  let runStart = 0
  for (let k = 1; k <= samples.length; k++) {
    if (k < samples.length && samples[k] === samples[runStart]) continue
    if (k - runStart >= leastHeld) {
      take(runStart)
      from = k
    }
    runStart = k
  }
  take(samples.length)
  return best.to === 0 ? { from: 0, to: samples.length } : best
}

function bridge(samples: Float64Array, { from, to }: { readonly from: number; readonly to: number }): void {
  const before = samples[from - 1] ?? 0
  const after = samples[to] ?? before
  const steps = to - from + 1
  for (let k = from; k < to; k++) samples[k] = before + ((after - before) * (k - from + 1)) / steps
}
