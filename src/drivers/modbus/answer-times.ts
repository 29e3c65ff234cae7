export interface TimeLimits {
  /** For the very first questions, while nothing is known of the host. */
  readonly firstMs: number
  /** Once the first questions have found nobody: short, as late answers count too. */
  readonly silentMs: number
  /** What an answer is given at least, however fast others were. */
  readonly shortestMs: number
  readonly longestMs: number
  /** Whether an answer after its time makes for longer waiting: behind a gateway it must, or questions pile up there; on loopback one stall would slow the rest. */
  readonly late: 'teaches' | 'is-chance'
}

const FACTOR = 3

/** Learns from measured answers how long to wait for the next one: three times the 99th percentile. */
export class AnswerTimes {
  readonly #limits: TimeLimits
  readonly #took: number[] = []
  #isFirst = true

  constructor(limits: TimeLimits) {
    this.#limits = limits
  }

  add(tookMs: number): void {
    this.#took.push(tookMs)
  }

  /** The first questions are over. */
  endFirst(): void {
    this.#isFirst = false
  }

  get patienceMs(): number {
    const { firstMs, silentMs, shortestMs, longestMs } = this.#limits
    if (this.#isFirst) return Math.min(longestMs, firstMs)
    if (this.#took.length === 0) return Math.min(longestMs, silentMs)
    const sorted = [...this.#took].sort((a, b) => a - b)
    const p99 = sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * 0.99))] ?? 0
    return Math.min(longestMs, Math.max(shortestMs, p99 * FACTOR))
  }
}
