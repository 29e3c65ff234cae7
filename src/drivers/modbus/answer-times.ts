/** What an answer is given at least: loopback-fast hosts still have other things to do. */
const SHORTEST_PATIENCE_MS = 30
const FACTOR = 3

/** Learns from measured answers how long to wait for the next one: three times the 99th percentile. */
export class AnswerTimes {
  readonly #longestMs: number
  readonly #firstMs: number
  readonly #took: number[] = []

  constructor(limits: { readonly firstMs: number; readonly longestMs: number }) {
    this.#firstMs = limits.firstMs
    this.#longestMs = limits.longestMs
  }

  add(tookMs: number): void {
    this.#took.push(tookMs)
  }

  /** In ms; until something has answered, what was given at the start. */
  get patienceMs(): number {
    if (this.#took.length === 0) return Math.min(this.#firstMs, this.#longestMs)
    const sorted = [...this.#took].sort((a, b) => a - b)
    const p99 = sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * 0.99))] ?? 0
    return Math.min(this.#longestMs, Math.max(SHORTEST_PATIENCE_MS, p99 * FACTOR))
  }
}
