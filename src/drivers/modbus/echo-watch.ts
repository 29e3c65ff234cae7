import { isSame } from './unsettled-questions.js'

/**
 * Some two-wire adapters hear what they send. Whether this one does is learned from the first answers; until then nothing that begins like the question is
 * taken for an answer to it.
 */
export class EchoWatch {
  #habit: 'unknown' | 'echoes' | 'is-quiet' = 'unknown'
  #sent: Uint8Array = new Uint8Array(0)
  #isOver = true

  get echoes(): boolean {
    return this.#habit === 'echoes'
  }

  /** @param frame as it was sent; the answer to functions 5 and 6 looks the same, so it teaches nothing. */
  sending(frame: Uint8Array, answer: 'differs' | 'looks-alike'): void {
    this.#sent = frame
    this.#isOver = this.#habit === 'is-quiet' || (answer === 'looks-alike' && this.#habit === 'unknown')
  }

  /** @returns the place after the echo, 0 where there is none; null while what came may be the beginning of one. */
  lengthIn(received: Uint8Array): number | null {
    if (this.#isOver) return 0
    const at = Buffer.from(received.buffer, received.byteOffset, received.length).indexOf(this.#sent)
    if (at >= 0) {
      this.#isOver = true
      this.#habit = 'echoes'
      return at + this.#sent.length
    }
    const isBeginning = received.length < this.#sent.length && isSame(received, this.#sent.subarray(0, received.length))
    return isBeginning ? null : 0
  }

  /** A sound answer came; had there been an echo, it would have come before. */
  answered(): void {
    if (this.#habit === 'unknown' && !this.#isOver) this.#habit = 'is-quiet'
  }
}
