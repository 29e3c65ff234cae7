/** What a line that asks has asked, and what came back. */
export interface LineTraffic {
  /** Questions whose fate is known. */
  readonly asked: number
  readonly answered: number
  /** The device said no (a Modbus exception, a bad status). */
  readonly refused: number
  /** No answer in time. */
  readonly silent: number
  /** Bytes came that are no sound answer. */
  readonly spoilt: number
  /** Asked once more after one of these. */
  readonly repeated: number
  /** Of the latest answers, in ms; null before the first. */
  readonly roundTripMs: { readonly median: number; readonly slowest: number } | null
}

export type QuestionFate = 'answered' | 'refused' | 'silent' | 'spoilt'

/** Round trips that the figures are taken of. */
const KEPT = 128

/** Counts for one line what its driver asks. A driver that only listens never touches it. */
export class TrafficCount {
  readonly #fates: Record<QuestionFate, number> = { answered: 0, refused: 0, silent: 0, spoilt: 0 }
  readonly #tookMs = new Float64Array(KEPT)
  #timed = 0
  #repeated = 0

  /** @param tookMs  from question to answer; left out where there was none. */
  count(fate: QuestionFate, tookMs?: number): void {
    this.#fates[fate]++
    if (tookMs !== undefined) this.#tookMs[this.#timed++ % KEPT] = tookMs
  }

  countRepeat(): void {
    this.#repeated++
  }

  /** Null where nothing was asked yet. */
  read(): LineTraffic | null {
    const { answered, refused, silent, spoilt } = this.#fates
    const asked = answered + refused + silent + spoilt
    if (asked === 0) return null
    const kept = this.#tookMs.slice(0, Math.min(this.#timed, KEPT)).sort()
    const median = kept[kept.length >> 1]
    const slowest = kept.at(-1)
    const roundTripMs = median === undefined || slowest === undefined ? null : { median, slowest }
    return { asked, answered, refused, silent, spoilt, repeated: this.#repeated, roundTripMs }
  }
}
