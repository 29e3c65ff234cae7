import process from 'node:process'
import { EXIT } from '../faults/exit-code.js'

const STOPPING = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const
/** A terminal, npm and a parent process may each pass the same key press on. */
const SAME_WISH_MS = 500

/** Turns the wish to stop into an abort, so that everything closes in order; the second wish is obeyed at once. */
export class StopSignals {
  readonly #controller = new AbortController()
  #askedAt = 0
  readonly #obey = (): void => {
    const now = performance.now()
    if (this.#controller.signal.aborted && now - this.#askedAt > SAME_WISH_MS) process.exit(EXIT.interrupted)
    if (!this.#controller.signal.aborted) this.#askedAt = now
    this.#controller.abort()
  }

  constructor() {
    for (const signal of STOPPING) process.on(signal, this.#obey)
  }

  get signal(): AbortSignal {
    return this.#controller.signal
  }

  release(): void {
    for (const signal of STOPPING) process.off(signal, this.#obey)
  }
}
