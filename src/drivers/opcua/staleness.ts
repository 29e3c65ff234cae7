import type { EpochMicros } from '../../readings/time.js'

/** A source that stamps nothing new for so many periods, and for so long, has stopped speaking to the server. */
const PERIODS = 10
const LEAST_MS = 10_000

/** Watches the source's own time of one value. */
export class Staleness {
  readonly #patienceMs: number
  #stamp: EpochMicros | null = null
  #movedAtMs = 0

  constructor(periodMs: number) {
    this.#patienceMs = Math.max(PERIODS * periodMs, LEAST_MS)
  }

  /** Whether the stamp has stood still for too long; a value without a stamp is never stale. */
  see(stamp: EpochMicros | null, monotonicMs: number): 'fresh' | 'stale' {
    if (stamp === null || stamp !== this.#stamp) {
      this.#stamp = stamp
      this.#movedAtMs = monotonicMs
    }
    return monotonicMs - this.#movedAtMs > this.#patienceMs ? 'stale' : 'fresh'
  }
}
