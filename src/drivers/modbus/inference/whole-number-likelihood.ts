import { movementLikelihood } from './movement-likelihood.js'

/** What is known of whole numbers of a width before one is seen. */
export interface WholeNumbers {
  /** Bits that they have, the sign among them. */
  readonly bits: number
  readonly sign: 'signed' | 'unsigned'
  /** How likely one is to stand still while it is watched. */
  readonly standing: number
}

const NEGATIVE = 0.12
/** What takes so few bits is mostly a state, a choice or a count: none of them goes below zero. */
const SMALL = { bits: 4, negative: 0.03 } as const
/** Set-points and limits: two digits and zeros. */
const ROUND = 0.12
const ROUND_DECADES = 6

/**
 * ln P(values): how many bits the first one has, by width; all numbers of so many bits alike; then how it moves.
 * @param values one per sample, in time order.
 */
export function wholeNumberLikelihood(values: readonly number[], numbers: WholeNumbers): number {
  return Math.log(firstValue(values[0] ?? 0, numbers)) + movementLikelihood(values, { quantum: 1, standing: numbers.standing })
}

function firstValue(value: number, { bits, sign }: WholeNumbers): number {
  const size = Math.abs(value)
  if (size === 0) return lengthShare(0, bits)
  const length = Math.floor(Math.log2(size)) + 1
  const any = lengthShare(length, bits) / 2 ** (length - 1)
  const negative = length <= SMALL.bits ? SMALL.negative : NEGATIVE
  const round = isTwoDigits(size) ? 1 / (90 * ROUND_DECADES) : 0
  return ((1 - ROUND) * any + ROUND * round) * (sign === 'unsigned' ? 1 : value < 0 ? negative : 1 - negative)
}

/** Shares of numbers by their length in bits: whoever spends two registers on a number expects it to outgrow one. */
function lengthShare(length: number, bits: number): number {
  if (bits === 16) return length === 0 ? 0.06 : length >= 14 ? 0.05 : 0.79 / 13
  if (bits === 32) return length === 0 ? 0.04 : length <= 8 ? 0.01 : length <= 16 ? 0.022 : length <= 27 ? 0.058 : 0.013
  return length === 0 ? 0.03 : length <= 16 ? 0.015 : length <= 40 ? 0.027 : length <= 50 ? 0.008 : 0.0005
}

function isTwoDigits(size: number): boolean {
  const decade = Math.max(0, Math.floor(Math.log10(size)) - 1)
  return decade < ROUND_DECADES && size % 10 ** decade === 0
}
