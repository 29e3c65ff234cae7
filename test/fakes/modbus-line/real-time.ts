/** The machine's time for a fake line; stops when the line does. */
export class RealTime {
  readonly #timers = new Set<NodeJS.Timeout>()

  monotonicMs(): number {
    return performance.now()
  }

  after(ms: number, act: () => void): void {
    const timer = setTimeout(() => {
      this.#timers.delete(timer)
      act()
    }, ms)
    this.#timers.add(timer)
  }

  stop(): void {
    for (const timer of this.#timers) clearTimeout(timer)
    this.#timers.clear()
  }
}
