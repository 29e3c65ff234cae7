import type { Clock } from '../../readings/clock.js'

/**
 * One timer for many deadlines. It rings at the earliest that it was told of and asks when to ring next; a deadline that is over meanwhile
 * costs one idle ring, not a timer taken down.
 */
export class DeadlineTimer {
  readonly #clock: Clock
  readonly #ring: (nowMs: number) => number
  #timer: NodeJS.Timeout | undefined
  #dueMs = Number.POSITIVE_INFINITY

  /** @param ring  handles what is due and returns the next deadline on the monotonic clock, infinity where there is none. */
  constructor(clock: Clock, ring: (nowMs: number) => number) {
    this.#clock = clock
    this.#ring = ring
  }

  /** Rings at `atMs` on the monotonic clock, or earlier. */
  atLatest(atMs: number): void {
    if (atMs >= this.#dueMs) return
    clearTimeout(this.#timer)
    this.#dueMs = atMs
    this.#timer = setTimeout(() => this.#wake(), Math.max(1, Math.ceil(atMs - this.#clock.monotonicMs())))
  }

  stop(): void {
    clearTimeout(this.#timer)
    this.#timer = undefined
    // Deadlines that come after the end start nothing.
    this.#dueMs = Number.NEGATIVE_INFINITY
  }

  #wake(): void {
    if (this.#dueMs === Number.NEGATIVE_INFINITY) return
    this.#dueMs = Number.POSITIVE_INFINITY
    const nextMs = this.#ring(this.#clock.monotonicMs())
    if (Number.isFinite(nextMs)) this.atLatest(nextMs)
  }
}
