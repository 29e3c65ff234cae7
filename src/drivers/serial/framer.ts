import type { EpochMicros } from '../../readings/time.js'
import { decodeText } from './byte-text.js'
import type { Message } from './message.js'
import { type Framing, MAX_MESSAGE_BYTES } from './serial-address.js'

const [LF, CR] = [10, 13]
/** Nobody pauses so long within a line, so whatever comes after such a silence is a beginning. */
const SURELY_BEGINS_MS = 100
/** Bytes of a fixed-length message that come so much later than the others belong to the next one. */
const FIXED_LENGTH_PAUSE_MS = 100

/** When bytes came, on both clocks. */
export interface Moment {
  readonly at: EpochMicros
  readonly ms: number
}

/** Cuts a stream of bytes into messages. Knows no time but what it is told. */
export class Framer {
  /** Messages thrown away because they were longer than 4 KiB. */
  tooLong = 0
  readonly #framing: Framing
  #bytes = new Uint8Array(MAX_MESSAGE_BYTES)
  #length = 0
  #began: Moment | null = null
  #lastMs: number
  #isTorn: boolean
  #isSkipping = false

  constructor(framing: Framing, openedMs: number) {
    this.#framing = framing
    this.#lastMs = openedMs
    this.#isTorn = true
  }

  push(bytes: Uint8Array, now: Moment): Message[] {
    const messages = this.#afterPause(now)
    for (const byte of bytes) {
      const message = this.#take(byte, now)
      if (message) messages.push(message)
    }
    return messages
  }

  /** For framing by gap: how much longer it must be quiet until the message is complete; null where none is on its way. */
  remainingMs(nowMs: number): number | null {
    return this.#framing.kind !== 'gap' || this.#began === null ? null : Math.max(0, this.#framing.gapMs - (nowMs - this.#lastMs))
  }

  /** What has come and is not yet a message. */
  get unfinished(): string {
    return decodeText(this.#bytes.subarray(0, this.#length))
  }

  /** For framing by gap: the message that the quiet has ended. */
  idle(): Message | null {
    return this.#end()
  }

  #afterPause(now: Moment): Message[] {
    const pauseMs = now.ms - this.#lastMs
    this.#lastMs = now.ms
    const messages: (Message | null)[] = []
    if (this.#framing.kind === 'gap' && pauseMs >= this.#framing.gapMs) messages.push(this.#end())
    if (this.#framing.kind === 'length' && pauseMs >= FIXED_LENGTH_PAUSE_MS) this.#drop()
    if (this.#length === 0 && pauseMs >= (this.#framing.kind === 'gap' ? this.#framing.gapMs : SURELY_BEGINS_MS)) this.#isTorn = false
    return messages.filter((message) => message !== null)
  }

  #take(byte: number, now: Moment): Message | null {
    const { kind } = this.#framing
    if (kind === 'lines' && (byte === LF || byte === CR)) return this.#end()
    this.#began ??= now
    if (this.#length === MAX_MESSAGE_BYTES) {
      if (!this.#isSkipping) this.tooLong++
      this.#isSkipping = true
      // Only the end is still needed, to see a delimiter.
      this.#bytes.copyWithin(0, MAX_MESSAGE_BYTES - 16)
      this.#length = 16
    }
    this.#bytes[this.#length++] = byte
    if (kind === 'length' && this.#length === this.#framing.length) return this.#end()
    if (kind === 'delimiter' && this.#endsWith(this.#framing.delimiter)) {
      this.#length -= this.#framing.delimiter.length
      return this.#end()
    }
    return null
  }

  #endsWith(delimiter: Uint8Array): boolean {
    if (this.#length < delimiter.length) return false
    return delimiter.every((byte, index) => this.#bytes[this.#length - delimiter.length + index] === byte)
  }

  #end(): Message | null {
    const [began, length, isTorn, isSkipped] = [this.#began, this.#length, this.#isTorn, this.#isSkipping]
    this.#drop()
    if (began === null || length === 0 || isSkipped) return null
    return { text: decodeText(this.#bytes.subarray(0, length)), at: began.at, beganMs: began.ms, isTorn }
  }

  #drop(): void {
    this.#began = null
    this.#length = 0
    this.#isSkipping = false
    // Only a pause shows where messages of a fixed length begin.
    if (this.#framing.kind !== 'length') this.#isTorn = false
  }
}
