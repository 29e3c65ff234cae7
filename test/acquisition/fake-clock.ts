import type { Clock } from '../../src/readings/clock.js'

/** A clock that stands still until somebody moves it; sleepers wake in order. */
export class FakeClock implements Clock {
  #ms = 0
  readonly #startedAt: number
  #sleepers: { readonly at: number; readonly wake: () => void }[] = []

  constructor(startedAt = 1_700_000_000_000_000) {
    this.#startedAt = startedAt
  }

  now(): number {
    return this.#startedAt + this.#ms * 1000
  }

  monotonicMs(): number {
    return this.#ms
  }

  sleep(ms: number, signal?: AbortSignal): Promise<void> {
    return new Promise((resolve) => {
      if (signal?.aborted) return resolve()
      this.#sleepers.push({ at: this.#ms + ms, wake: resolve })
      signal?.addEventListener('abort', () => resolve(), { once: true })
      return undefined
    })
  }

  /** Moves on, waking everybody whose time has come, and lets them run. */
  async advance(ms: number): Promise<void> {
    const until = this.#ms + ms
    for (;;) {
      await settle()
      const next = this.#sleepers.filter(({ at }) => at <= until).sort((a, b) => a.at - b.at)[0]
      if (!next) break
      this.#ms = Math.max(this.#ms, next.at)
      this.#sleepers = this.#sleepers.filter((sleeper) => sleeper !== next)
      next.wake()
    }
    this.#ms = until
    await settle()
  }
}

async function settle(): Promise<void> {
  for (let turn = 0; turn < 20; turn++) await Promise.resolve()
  await new Promise((resolve) => setImmediate(resolve))
}
