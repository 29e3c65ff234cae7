import type { ByteSource } from '../byte-source.js'

const PIECE_BYTES = 256 * 1024
/** Lines of universal files have 80 characters; what is far longer is binary or something else, and is taken in pieces. */
const LONGEST_LINE = 4096
const LINE_FEED = 0x0a

/** Lines of a source, from any place on. */
export class LineReader {
  readonly size: number
  readonly #source: ByteSource
  #at: number
  #piece: Buffer = Buffer.alloc(0)
  #pieceAt = 0

  constructor(source: ByteSource, at = 0) {
    this.#source = source
    this.size = source.size
    this.#at = at
  }

  /** Where the next line begins, bytes. */
  get at(): number {
    return this.#at
  }

  skipTo(at: number): void {
    this.#at = at
  }

  /** Without its line end; null behind the last one. */
  async next(): Promise<string | null> {
    if (this.#at >= this.size) return null
    let offset = this.#at - this.#pieceAt
    if (offset < 0 || offset + LONGEST_LINE > this.#piece.length) {
      const bytes = await this.#source.read(this.#at, PIECE_BYTES)
      this.#piece = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength)
      this.#pieceAt = this.#at
      offset = 0
    }
    if (this.#piece.length === 0) return null
    const found = this.#piece.indexOf(LINE_FEED, offset)
    const end = found < 0 || found - offset > LONGEST_LINE ? Math.min(offset + LONGEST_LINE, this.#piece.length) : found
    this.#at = this.#pieceAt + end + (end === found ? 1 : 0)
    return this.#piece.toString('latin1', offset, end).replace(/\r$/, '')
  }
}
