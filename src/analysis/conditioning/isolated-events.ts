import type { Samples } from '../samples.js'
import { nthSmallest } from '../statistics/nth-smallest.js'

/** In standard deviations of the rest. Gaussian noise reaches it once in 10^15 samples. */
const LOUD = 8
/** Where anything else is as loud as this, the loudest belong to what happens often. Gaussian noise reaches it once in 10^7 samples. */
const CLEAR_OF_REST = 5.5
/** Where an event has died away. */
const QUIET = 4
/** Events closer than this are one. */
const QUIET_FOR_S = 0.005
/** A fault's impacts come once in few rotations, and at least twenty rotations are looked at: so few in a record are something else. */
const MOST_EVENTS = 8
/** What lasts longer is no event but a state of the machine. */
const LONGEST_S = 0.1
/** Nothing of a signal with a smaller crest is loud beside the rest of it. */
const LEAST_CREST = 5
/** Of a Gaussian: σ over the median of |x|. */
const SIGMA_OVER_MEDIAN = 1.4826

/** Samples from `from` up to, not including, `to`. */
export interface IsolatedEvent {
  readonly from: number
  readonly to: number
}

/**
 * The few events that stand far above everything else in a record.
 *
 * @param samples shape (n,), any unit; finite.
 * @returns none where there are many: what happens often belongs to the signal.
 */
export function isolatedEvents(samples: Samples, { sampleRateHz }: { readonly sampleRateHz: number }): readonly IsolatedEvent[] {
  let [sum, squares, peak] = [0, 0, 0]
  for (let k = 0; k < samples.length; k++) sum += samples[k]!
  const mean = sum / samples.length
  for (let k = 0; k < samples.length; k++) {
    const size = Math.abs(samples[k]! - mean)
    squares += size * size
    if (size > peak) peak = size
  }
  if (!(peak > LEAST_CREST * Math.sqrt(squares / samples.length))) return []
  const sizes = Float64Array.from(samples, (value) => Math.abs(value - mean))
  const sigma = SIGMA_OVER_MEDIAN * nthSmallest(sizes.slice(), Math.floor(sizes.length / 2))
  if (!(sigma > 0)) return []
  const quietFor = Math.ceil(QUIET_FOR_S * sampleRateHz)
  const events: IsolatedEvent[] = []
  for (let k = 0; k < sizes.length; k++) {
    if (sizes[k]! < CLEAR_OF_REST * sigma) continue
    const event = eventAround(sizes, { at: k, quiet: QUIET * sigma, quietFor })
    if (events.length === MOST_EVENTS || event.peak < LOUD * sigma || event.to - event.from > LONGEST_S * sampleRateHz) return []
    events.push(event)
    k = event.to
  }
  return events
}

function eventAround(
  sizes: Float64Array,
  { at, quiet, quietFor }: { readonly at: number; readonly quiet: number; readonly quietFor: number },
): IsolatedEvent & { readonly peak: number } {
  let from = at
  for (let k = at; k >= 0 && from - k <= quietFor; k--) if (sizes[k]! >= quiet) from = k
  let last = at
  for (let k = at; k < sizes.length && k - last <= quietFor; k++) if (sizes[k]! >= quiet) last = k
  return { from, to: last + 1, peak: sizes.subarray(from, last + 1).reduce((most, size) => Math.max(most, size), 0) }
}
