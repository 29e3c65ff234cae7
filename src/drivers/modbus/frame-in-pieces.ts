/**
 * The last question of a round, sent byte by byte: each byte carries the acknowledgement of the answers that have come meanwhile. A far end with
 * Nagle's algorithm holds the next answer back until it has that, and with nothing more to ask we would send none for 40 ms.
 */
export class FrameInPieces {
  readonly transaction: number
  /** On the monotonic clock: when it is sent to its end, whatever has come. */
  readonly wholeByMs: number
  readonly #frame: Uint8Array
  #sent = 0

  constructor(frame: Uint8Array, { transaction, wholeByMs }: { readonly transaction: number; readonly wholeByMs: number }) {
    this.#frame = frame
    this.transaction = transaction
    this.wholeByMs = wholeByMs
  }

  /** The next byte; empty where only the last one is left. */
  piece(): Uint8Array {
    if (this.#sent >= this.#frame.length - 1) return this.#frame.subarray(0, 0)
    return this.#frame.subarray(this.#sent, ++this.#sent)
  }

  rest(): Uint8Array {
    return this.#frame.subarray(this.#sent)
  }
}
