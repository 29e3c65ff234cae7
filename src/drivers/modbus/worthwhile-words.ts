import type { Framing } from './framing.js'
import { readRequest, type Span } from './pdu.js'
import { TABLES } from './register-type.js'

/** An answer is believed at once where fewer than one in so many is wrong: at one a second, one in three years on a line as bad as that. */
const TOLERATED_RISK = 1e-8
const BITS_PER_BYTE = 8
/** Poisson terms beyond these add nothing. */
const TERMS = 40

export interface NoisyLine {
  readonly framing: Framing
  /** Bits that are turned over, per bit. */
  readonly bitErrorRate: number
}

/** Bits on the line of the answer to a question. */
export function answerBits(framing: Framing, pdu: Uint8Array): number {
  return framing.answerBytes(pdu) * BITS_PER_BYTE
}

/** Probability that an answer of so many bits is wrong and passes its check all the same (an upper bound). */
export function slipRisk(bits: number, { framing, bitErrorRate }: NoisyLine): number {
  return framing.check.slips(bits) * probabilityOfAtLeast(framing.check.fewestErrors, bits * bitErrorRate)
}

/** Whether one sound answer of so many bits is enough to believe it. */
export function isConvincing(bits: number, line: NoisyLine): boolean {
  return slipRisk(bits, line) <= TOLERATED_RISK
}

/**
 * What a word costs that is read `words` at a time, in the time of a word: k · (request + words) / (words · s), where s = e^(−p · bits) is the share of
 * exchanges that come through, and k = 2 where an answer of that length is believed only when it came twice. Questions that were lost are asked again.
 */
export function costPerWord(words: number, wordsPerRequest: number, line: NoisyLine): number {
  const pdu = readRequest(spanOf(words))
  const bits = answerBits(line.framing, pdu)
  const comesThrough = Math.exp(-line.bitErrorRate * (bits + line.framing.frameBytes(pdu) * BITS_PER_BYTE))
  const times = isConvincing(bits, line) ? 1 : 2
  return (times * (wordsPerRequest + words)) / (words * comesThrough)
}

/** How many words are best asked for at a time. */
export function worthwhileWords(wordsPerRequest: number, line: NoisyLine): number {
  let best: number = TABLES.holding.largestRequest
  if (line.bitErrorRate === 0) return best
  let least = costPerWord(best, wordsPerRequest, line)
  for (let words = best - 1; words >= 1; words--) {
    const cost = costPerWord(words, wordsPerRequest, line)
    if (cost >= least) continue
    least = cost
    best = words
  }
  return best
}

function spanOf(words: number): Span {
  return { table: 'holding', from: 0, quantity: words }
}

/** Of a Poisson distribution; summed from the small end, as 1 − P(fewer) would lose all digits. */
function probabilityOfAtLeast(count: number, mean: number): number {
  let term = Math.exp(-mean)
  for (let index = 1; index <= count; index++) term *= mean / index
  let sum = 0
  for (let index = count + 1; index <= count + TERMS; index++) {
    sum += term
    term *= mean / index
  }
  return Math.min(1, sum)
}
