import { expectedCount } from './answer-length.js'
import type { Asked } from './framing.js'

/** A question that went out. */
export interface SentQuestion extends Asked {
  readonly sentAtMs: number
  readonly late?: ((tookMs: number, pdu: Uint8Array) => void) | undefined
}

/** No device answers after so long; what is older is forgotten. */
const FORGET_MS = 30_000
/** A unit with more than these unanswered questions is asked nothing new until they are forgotten. */
const MOST_PER_UNIT = 16

/**
 * Questions whose answers may still come. RTU and ASCII have no transaction ids: an answer tells its unit, its function and its length, so two different
 * questions that agree in these cannot be told apart while both are open. A unit answers in order, so an answer settles all that it was asked before.
 */
export class UnsettledQuestions {
  #open: SentQuestion[] = []

  /** Oldest first. */
  get all(): readonly SentQuestion[] {
    return this.#open
  }

  add(question: SentQuestion): void {
    this.#open.push(question)
  }

  /** The answer to `question` has come; the oldest of those that were asked in the same words counts as the answered one. */
  settle({ unit, pdu }: Asked): void {
    const at = this.#open.findIndex((open) => open.unit === unit && isSame(open.pdu, pdu))
    this.#open = this.#open.filter((open, index) => open.unit !== unit || index > at)
  }

  forgetOld(nowMs: number): void {
    const [oldest] = this.#open
    if (oldest && nowMs - oldest.sentAtMs > FORGET_MS) this.#open = this.#open.filter(({ sentAtMs }) => nowMs - sentAtMs <= FORGET_MS)
  }

  /** True where an answer to `question` could be one to an earlier, different question. */
  isAmbiguous({ unit, pdu }: Asked): boolean {
    const own = this.#open.filter((open) => open.unit === unit)
    return own.length >= MOST_PER_UNIT || own.some((open) => isLikeAnswered(open.pdu, pdu))
  }

  /** True where even an exception to `question` could belong to no other. */
  isDistinct({ unit, pdu }: Asked): boolean {
    const own = this.#open.filter((open) => open.unit === unit)
    return own.length < MOST_PER_UNIT && own.every((open) => open.pdu[0] !== pdu[0] || isSame(open.pdu, pdu))
  }
}

export function isSame(a: Uint8Array, b: Uint8Array): boolean {
  return a.length === b.length && a.every((byte, index) => byte === b[index])
}

function isLikeAnswered(a: Uint8Array, b: Uint8Array): boolean {
  return a[0] === b[0] && expectedCount(a) === expectedCount(b) && !isSame(a, b)
}
