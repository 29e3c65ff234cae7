import type { EpochMicros } from '../../readings/time.js'

/** Of so many times of one sensor it is known how many readings they had; messages hardly come further out of order. */
const TIMES_KEPT = 16

/** Numbers readings of one sensor with the same time, so that sensor, time and sequence name one reading wherever it is sent again. */
export class ReadingSequence {
  readonly #seen = new Map<string, Map<EpochMicros, number>>()

  next(sensor: string, at: EpochMicros): number {
    const times = this.#seen.get(sensor) ?? new Map<EpochMicros, number>()
    this.#seen.set(sensor, times)
    const sequence = times.get(at) ?? 0
    // Set anew: a Map keeps the order of insertion, and the oldest goes first.
    times.delete(at)
    times.set(at, sequence + 1)
    if (times.size > TIMES_KEPT) times.delete(times.keys().next().value ?? at)
    return sequence
  }
}
