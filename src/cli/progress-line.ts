import type { WriteStream } from 'node:tty'
import type { Progress } from '../drivers/contract.js'

/** A terminal sees every step of so many ms; a log file one line in so many. */
const TERMINAL_EVERY_MS = 100
const LOG_EVERY_MS = 10_000

/** How far a search has come: one line that is written over on a terminal, a line now and then elsewhere. */
export class ProgressLine {
  readonly #output: Pick<WriteStream, 'write' | 'isTTY'>
  readonly #now: () => number
  #saidAtMs: number
  #isShown = false

  constructor(output: Pick<WriteStream, 'write' | 'isTTY'>, now: () => number = () => performance.now()) {
    this.#output = output
    this.#now = now
    this.#saidAtMs = now()
  }

  readonly show = ({ done, total, what, leftMs }: Progress): void => {
    const nowMs = this.#now()
    if (nowMs - this.#saidAtMs < (this.#output.isTTY ? TERMINAL_EVERY_MS : LOG_EVERY_MS)) return
    this.#saidAtMs = nowMs
    this.clear()
    const text = `${done} of ${total} ${what}${leftMs === undefined ? '' : `, about ${leftText(leftMs)} left`}`
    this.#output.write(this.#output.isTTY ? text : `${text}\n`)
    this.#isShown = this.#output.isTTY
  }

  /** Before anything else is written. */
  clear(): void {
    if (this.#isShown) this.#output.write('\r\u001b[K')
    this.#isShown = false
  }
}

function leftText(leftMs: number): string {
  return leftMs < 100_000 ? `${Math.ceil(leftMs / 1000)} s` : `${Math.ceil(leftMs / 60_000)} min`
}
