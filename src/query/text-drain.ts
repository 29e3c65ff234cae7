import type { Writable } from 'node:stream'

/** Where the text of a result goes. */
export interface TextDrain {
  /** Resolves when the text was taken; false where nobody reads any more (`| head`). */
  write(text: string): Promise<boolean>
}

/** A stream that somebody else opened and closes, such as `process.stdout`: slow readers slow the query down, one that goes ends it quietly. */
export class StreamDrain implements TextDrain, Disposable {
  readonly #stream: Writable
  #isGone = false
  #settle: (() => void) | undefined
  readonly #noteGone = (): void => {
    this.#isGone = true
    // `process.stdout` forgets the callbacks of writes when its reader goes.
    this.#settle?.()
  }

  constructor(stream: Writable) {
    this.#stream = stream
    stream.on('error', this.#noteGone)
    stream.on('close', this.#noteGone)
  }

  async write(text: string): Promise<boolean> {
    if (this.#isGone || this.#stream.destroyed || this.#stream.writableEnded) return false
    await new Promise<void>((resolve) => {
      this.#settle = resolve
      this.#stream.write(text, (error) => {
        if (error) this.#isGone = true
        resolve()
      })
    })
    return !this.#isGone
  }

  [Symbol.dispose](): void {
    // The error of a closed pipe comes after the write's callback: without a listener that would be a crash.
    if (this.#isGone) return
    this.#stream.off('error', this.#noteGone)
    this.#stream.off('close', this.#noteGone)
  }
}
