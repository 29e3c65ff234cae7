import type { Clock } from '../../readings/clock.js'

const WINDOW_MS = 2000

/** Readings per second over the last couple of seconds, out of a growing count. */
export class RateMeter {
  private readonly clock: Clock
  private startedMs: number
  private startCount = 0
  private rate: number | null = null

  constructor(clock: Clock) {
    this.clock = clock
    this.startedMs = clock.monotonicMs()
  }

  /** Null until the first window is full. */
  read(count: number): number | null {
    const now = this.clock.monotonicMs()
    // A replay that went elsewhere counts from nothing again.
    if (count < this.startCount) {
      this.startedMs = now
      this.startCount = count
      this.rate = null
    }
    const elapsedMs = now - this.startedMs
    if (elapsedMs < WINDOW_MS) return this.rate
    this.rate = ((count - this.startCount) * 1000) / elapsedMs
    this.startedMs = now
    this.startCount = count
    return this.rate
  }
}
