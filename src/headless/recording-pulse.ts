/** What a recording says of itself, as far as its life is concerned. */
export interface Pulse {
  readonly buffered: number
  /** Grows whenever the disk has answered, be it with a refusal. */
  readonly answers: number
}

/**
 * Tells a recording that gets on from one whose disk hangs. A disk that refuses (full, read-only) is no reason to be restarted: the recording
 * keeps what fits and tries again, and a restart would lose it.
 */
export class RecordingPulse {
  readonly #read: () => Pulse
  readonly #monotonicMs: () => number
  readonly #patienceMs: number
  #answers = -1
  #freshAtMs: number

  /** @param patienceMs  how long something may wait to be written without any answer. */
  constructor(read: () => Pulse, clock: { readonly monotonicMs: () => number }, patienceMs: number) {
    this.#read = read
    this.#monotonicMs = () => clock.monotonicMs()
    this.#patienceMs = patienceMs
    this.#freshAtMs = this.#monotonicMs()
  }

  /** For how long something has waited without an answer, in ms; null while all is well. To be asked now and then. */
  hangsForMs(): number | null {
    const { buffered, answers } = this.#read()
    const now = this.#monotonicMs()
    if (buffered === 0 || answers !== this.#answers) this.#freshAtMs = now
    this.#answers = answers
    const forMs = now - this.#freshAtMs
    return forMs > this.#patienceMs ? forMs : null
  }
}
