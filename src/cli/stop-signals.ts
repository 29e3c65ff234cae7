import process from 'node:process'
import { isatty } from 'node:tty'
import { EXIT } from '../faults/exit-code.js'

const STOPPING = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const
/** A terminal, npm and a parent process may each pass the same key press on. */
const SAME_WISH_MS = 500

/** Turns the wish to stop into an abort, so that everything closes in order; the second wish is obeyed at once. */
export class StopSignals {
  readonly #controller = new AbortController()
  #askedAt = 0
  #askedBy: NodeJS.Signals | undefined
  readonly #obey = (by: NodeJS.Signals): void => {
    const now = performance.now()
    if (this.#controller.signal.aborted && now - this.#askedAt > SAME_WISH_MS) process.exit(EXIT.interrupted)
    if (!this.#controller.signal.aborted) this.#askedAt = now
    this.#askedBy ??= by
    this.#controller.abort()
  }

  constructor() {
    for (const signal of STOPPING) process.on(signal, this.#obey)
  }

  get signal(): AbortSignal {
    return this.#controller.signal
  }

  /** Who asked first; undefined while nobody has. */
  get askedBy(): NodeJS.Signals | undefined {
    return this.#askedBy
  }

  /** From now on a hang-up means something else, and only that of a terminal that is gone still means to stop. @returns how to end that. */
  onReload(wish: () => void): () => void {
    const hadTerminal = isTerminal()
    const hear = (): void => (hadTerminal && !isTerminal() ? this.#obey('SIGHUP') : wish())
    // Windows ends whoever gets it soon after, whatever it does.
    if (process.platform === 'win32') return () => undefined
    process.off('SIGHUP', this.#obey)
    process.on('SIGHUP', hear)
    return () => {
      process.on('SIGHUP', this.#obey)
      process.off('SIGHUP', hear)
    }
  }

  /** From now on a hang-up only means that the terminal is gone, which is no reason to stop. */
  outliveTerminal(): void {
    process.on('SIGHUP', ignoreHangUp)
    process.off('SIGHUP', this.#obey)
  }

  release(): void {
    for (const signal of STOPPING) process.off(signal, this.#obey)
    process.off('SIGHUP', ignoreHangUp)
  }
}

/** Asks the system: one that has hung up is none any more. */
function isTerminal(): boolean {
  return [0, 1, 2].some((descriptor) => isatty(descriptor))
}

/** A signal that somebody listens to does not end the process. */
function ignoreHangUp(): void {
  // See `outliveTerminal`.
}
