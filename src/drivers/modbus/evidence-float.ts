import { decodeRaw } from './register-codec.js'
import { BYTE_ORDERS, type ByteOrder } from './register-type.js'

/** Two neighbouring registers read as a float32 in one order, and what speaks for it. */
export interface FloatReading {
  readonly order: ByteOrder
  /** One per sample. */
  readonly values: readonly number[]
  /** Bits of evidence: how much likelier this sight is for a float than for any two registers (2^bits). */
  readonly bits: number
  readonly grounds: readonly string[]
  /** True where nothing but its magnitude speaks for it. */
  readonly isOnlyBelievable: boolean
}

/** Few machines have anything to say outside; of all bit patterns one in eight falls inside. */
const SMALLEST = 1e-3
const LARGEST = 1e6
const MAGNITUDE_BITS = 3
/**
 * A short decimal, by its digits: of the 28 million patterns of a decade 9,000 have at most four digits, 90,000 at most five. That would be 11 and 8 bits;
 * some are kept back, as integers can be round by luck.
 */
const ROUND_BITS = [
  { digits: 4, bits: 8 },
  { digits: 5, bits: 6 },
  { digits: 6, bits: 3 },
] as const
/** With an empty low word only 128 patterns an octave are left, and half of them are round. */
const EMPTY_LOW_WORD_BITS = 4
const MOVEMENT_BITS = 6
const JUMP_BITS = -6
const SMALLEST_LEAP = 200

/**
 * Reads a pair of registers as float32 in all four orders.
 * @param samples one pair per round, in time order.
 * @returns those whose magnitude is believable, the best first.
 */
export function floatReadings(samples: readonly (readonly [number, number])[]): readonly FloatReading[] {
  return BYTE_ORDERS.map((order) => readAs(order, samples))
    .filter((reading) => reading !== undefined)
    .sort((a, b) => b.bits - a.bits)
}

function readAs(order: ByteOrder, samples: readonly (readonly [number, number])[]): FloatReading | undefined {
  const values = samples.map((pair) => Number(decodeRaw(Uint16Array.from(pair), 'float32', order)))
  if (values.every((value) => value === 0) || !values.every(isBelievable)) return undefined
  const grounds = ['a believable magnitude']
  let bits = MAGNITUDE_BITS
  const lowWords = samples.map((pair) => lowWordOf(pair, order))
  const round = ROUND_BITS.find(({ digits }) => values.every((value) => isRound(value, digits)))
  if (round) {
    bits += lowWords.every((word) => word === 0) ? EMPTY_LOW_WORD_BITS : round.bits
    grounds.push(`a round decimal (${shortest(values.at(-1) ?? 0)})`)
  }
  let moves = 0
  for (let index = 1; index < values.length; index++) {
    const [before = 0, now = 0] = [values[index - 1], values[index]]
    const change = Math.abs(now - before) / Math.max(Math.abs(now), Math.abs(before), SMALLEST)
    if (change > 0.5) bits += JUMP_BITS
    else if (change < 0.05 && leaps(lowWords[index - 1] ?? 0, lowWords[index] ?? 0)) moves++
  }
  if (moves > 0) grounds.push(`it moves by less than 5 % while its low word takes on ${moves + 1} unrelated values`)
  return { order, values, bits: bits + moves * MOVEMENT_BITS, grounds, isOnlyBelievable: grounds.length === 1 }
}

/** As a float32 prints it with seven digits, which is all that it has. */
export function shortest(value: number): number {
  return Number(value.toPrecision(7))
}

function isBelievable(value: number): boolean {
  const size = Math.abs(value)
  return value === 0 || (size >= SMALLEST && size <= LARGEST)
}

function isRound(value: number, digits: number): boolean {
  return Math.fround(Number(value.toPrecision(digits))) === value
}

/** The half that carries the finer digits, as it came; whichever way its bytes lie, noise makes it jump both ways. */
function lowWordOf([first, second]: readonly [number, number], order: ByteOrder): number {
  return order === 'abcd' || order === 'badc' ? second : first
}

/** A counter of whole numbers steps by one in one of the two byte orders; the low word of a float leaps in both. */
function leaps(before: number, now: number): boolean {
  return Math.abs(now - before) > SMALLEST_LEAP && Math.abs(swapBytes(now) - swapBytes(before)) > SMALLEST_LEAP
}

function swapBytes(word: number): number {
  return ((word & 0xff) << 8) | (word >> 8)
}
