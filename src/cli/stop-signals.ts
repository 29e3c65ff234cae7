import process from 'node:process'
import { EXIT } from '../faults/exit-code.js'

const STOPPING = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const

/** Turns the wish to stop into an abort, so that everything closes in order; the second wish is obeyed at once. */
export class StopSignals {
  readonly #controller = new AbortController()
  readonly #obey = (): void => {
    if (this.#controller.signal.aborted) process.exit(EXIT.interrupted)
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
