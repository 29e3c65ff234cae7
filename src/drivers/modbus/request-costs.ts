import type { Span } from './pdu.js'
import { isBitTable } from './register-type.js'

/** Each answer counts this much less than the next. */
const DECAY = 0.98
/** How many answers what was assumed beforehand is worth, at either end of the range of sizes. */
const PRIOR_WEIGHT = 2
const PRIOR_SIZES = [1, 125] as const
/** A request is never taken for cheaper or dearer than so many words, whatever the noise says. */
const FEWEST_WORDS = 2
const MOST_WORDS = 1000
/** One answer that a pause made slow does not turn the price over: it counts as at most so many times what was expected, once so many are known. */
const SLOWEST = 4
const KNOWN_ANSWERS = 10
/** Plans are made anew when the price has moved by this factor. */
const NOTICEABLE = 1.5

/**
 * What a request costs on this line, from measured answer times: t = a + b · words by least squares with fading memory, drawn towards what was
 * assumed where the sizes seen do not tell a from b.
 */
export class RequestCosts {
  readonly #assumedWords: number
  #weight = 0
  #x = 0
  #y = 0
  #xx = 0
  #xy = 0
  #noticed: number

  /** @param assumedWords  what a request is taken to cost before anything is measured, in words of 16 bits. */
  constructor(assumedWords: number) {
    this.#assumedWords = assumedWords
    this.#noticed = assumedWords
  }

  /** Whether the price is what was measured, not what was assumed. */
  get isMeasured(): boolean {
    return this.#noticed !== this.#assumedWords
  }

  add({ table, quantity }: Span, measuredMs: number): void {
    const words = isBitTable(table) ? quantity / 16 : quantity
    const { intercept, slope } = this.#fit()
    const expectedMs = Math.max(0, intercept) + Math.max(0, slope) * words
    const tookMs = this.#weight < KNOWN_ANSWERS ? measuredMs : Math.min(measuredMs, expectedMs * SLOWEST)
    this.#weight = this.#weight * DECAY + 1
    this.#x = this.#x * DECAY + words
    this.#y = this.#y * DECAY + tookMs
    this.#xx = this.#xx * DECAY + words * words
    this.#xy = this.#xy * DECAY + words * tookMs
  }

  /** The price of a request in words; stays the same until it has moved noticeably. */
  get wordsPerRequest(): number {
    const price = this.#estimate()
    if (price > this.#noticed * NOTICEABLE || price * NOTICEABLE < this.#noticed) this.#noticed = price
    return this.#noticed
  }

  #estimate(): number {
    if (this.#weight === 0) return this.#assumedWords
    const { intercept, slope } = this.#fit()
    if (!(slope > 0)) return MOST_WORDS
    return Math.min(MOST_WORDS, Math.max(FEWEST_WORDS, intercept / slope))
  }

  /** In ms, and ms per word. */
  #fit(): { readonly intercept: number; readonly slope: number } {
    if (this.#weight === 0) return { intercept: 0, slope: 0 }
    const [meanX, meanY] = [this.#x / this.#weight, this.#y / this.#weight]
    // What was assumed, at the speed that was measured.
    const perWord = meanY / (this.#assumedWords + meanX)
    let [n, x, y, xx, xy] = [this.#weight, this.#x, this.#y, this.#xx, this.#xy]
    for (const size of PRIOR_SIZES) {
      const took = perWord * (this.#assumedWords + size)
      n += PRIOR_WEIGHT
      x += PRIOR_WEIGHT * size
      y += PRIOR_WEIGHT * took
      xx += PRIOR_WEIGHT * size * size
      xy += PRIOR_WEIGHT * size * took
    }
    const slope = (n * xy - x * y) / (n * xx - x * x)
    return { intercept: (y - slope * x) / n, slope }
  }
}
