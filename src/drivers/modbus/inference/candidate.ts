import { bitsOf, decodeRaw } from '../register-codec.js'
import type { ByteOrder } from '../register-type.js'
import { type ClockReading, clockReadings } from './clock-likelihood.js'
import { flagLikelihood } from './flag-likelihood.js'
import { absentShare, seenOf } from './not-available.js'
import { ordersOf, READING_TYPES, type ReadingType } from './reading-kind.js'
import { realNumberLikelihood } from './real-number-likelihood.js'
import { textReadings } from './text-likelihood.js'
import { wholeNumberLikelihood } from './whole-number-likelihood.js'

export type RegisterTable = 'holding' | 'input'

/** Registers as they were seen: one array per round, all of the same length; `from` is the address of the first. */
export interface Block {
  readonly table: RegisterTable
  readonly from: number
  /** In time order; at least one. */
  readonly samples: readonly Uint16Array[]
}

/** One way to read the registers that begin at a place. */
export interface Candidate {
  /** Place within the block. */
  readonly at: number
  readonly width: number
  readonly type: ReadingType
  readonly order: ByteOrder
  /** One per sample, NaN where the value was not available then; empty for text. */
  readonly values: readonly number[]
  /** How the fields of a clock are written; its values are ms since 1970. */
  readonly digits?: ClockReading['digits']
  /** ln P(the registers | this is what they are). */
  readonly likelihood: number
}

/** Fillers that devices keep where nothing is, and how often: zero, all ones, and what SunSpec writes for "not implemented". */
const FILLERS: readonly (readonly [register: number, share: number])[] = [
  [0, 0.94],
  [0xffff, 0.03],
  [0x8000, 0.02],
  [0x7fff, 0.003],
]
const WIDEST = 4
/** A value that was there in some samples only. */
const COMES_AND_GOES = Math.log(0.004)
const ABSENT_ENDS = new Set([0xffff, -0x8000, 0x7fff, 0xffff_ffff, -0x8000_0000, 0x7fff_ffff])
const STANDING = { narrow: 0.45, wide: 0.3, bcd: 0.4 } as const
const NUMBERS = ['uint16', 'int16', 'bcd16', 'uint32', 'int32', 'float32', 'bcd32', 'uint64', 'int64', 'float64'] as const
/** Most maps lay wide values at even addresses. */
const ODD_PLACE = Math.log(0.6)

/** All ways to read what begins at a place of a block, with what speaks for each. */
export function candidatesAt(block: Block, at: number): readonly Candidate[] {
  const { samples } = block
  const count = samples[0]?.length ?? 0
  const own = samples.map((sample) => sample[at] ?? 0)
  if (isEmpty(samples, at)) return [spareAt(at, own)]
  const found: Candidate[] = [
    { at, width: 1, type: 'junk', order: 'abcd', values: own, likelihood: -samples.length * 16 * Math.LN2 },
    { at, width: 1, type: 'bits', order: 'abcd', values: own, likelihood: flagLikelihood(own) },
  ]
  const filler = FILLERS.find(([register]) => own.every((value) => value === register))
  if (filler) {
    const values = filler[0] === 0 ? own : own.map(() => Number.NaN)
    found.push({ at, width: 1, type: 'spare', order: 'abcd', values, likelihood: Math.log(filler[1]) })
  }
  for (const type of NUMBERS) {
    const { width } = READING_TYPES[type]
    if (at + width > count) continue
    const place = width > 1 && (block.from + at) % 2 === 1 ? ODD_PLACE : 0
    const parts = samples.map((sample) => sample.subarray(at, at + width))
    for (const order of ordersOf(type))
      for (const { values, likelihood } of numberReadings(parts, type, order))
        found.push({ at, width, type, order, values, likelihood: likelihood + place })
  }
  const rest = samples.map((sample) => sample.subarray(at))
  for (const { width, digits, shown, likelihood } of clockReadings(rest))
    found.push({ at, width, type: 'clock', order: 'abcd', values: shown, digits, likelihood })
  for (const order of ordersOf('string'))
    for (const { length, likelihood } of textReadings(rest, order))
      found.push({ at, width: length, type: 'string', order, values: [], likelihood })
  return found
}

interface NumberReading {
  readonly values: readonly number[]
  readonly likelihood: number
}

/** As numbers; and, where a maker's sign for "no value" is among them, as numbers that come and go, or were never there. */
function numberReadings(parts: readonly Uint16Array[], type: (typeof NUMBERS)[number], order: ByteOrder): readonly NumberReading[] {
  const raw = parts.map((part) => decodeRaw(part, type, order))
  const readings: NumberReading[] = []
  const absences = raw.map((value, round) =>
    canBeAbsent(value) ? absentShare(type, value, bitsOf(parts[round] ?? new Uint16Array(0), order)) : 0,
  )
  if (absences.some((share) => share > 0)) {
    const values = raw.map((value, round) => (absences[round] === 0 && value !== undefined ? Number(value) : Number.NaN))
    const seen = seenOf(values)
    const isSound = raw.every((value, round) => absences[round] !== 0 || (value !== undefined && Number.isFinite(Number(value))))
    if (seen.length > 0 && isSound) readings.push({ values, likelihood: COMES_AND_GOES + likelihoodOf(type, seen) })
    const [first = 0] = absences
    if (seen.length === 0 && absences.every((share) => share === first)) readings.push({ values, likelihood: Math.log(first) })
  }
  if (!raw.every((value) => value !== undefined)) return readings
  // Beyond 2^53 the last digits are lost, and what moves would seem to stand.
  if (raw.some((value) => typeof value === 'bigint' && !isExact(value)) && new Set(raw).size > 1) return readings
  const values = raw.map(Number)
  const likelihood = likelihoodOf(type, values)
  return likelihood > Number.NEGATIVE_INFINITY ? [...readings, { values, likelihood }] : readings
}

/** Only the ends of a range, and what is no number, can mean "no value": spares working out the bits of all others. */
function canBeAbsent(value: number | bigint | undefined): boolean {
  if (value === undefined || typeof value === 'bigint') return true
  return !Number.isFinite(value) || ABSENT_ENDS.has(value)
}

function isExact(value: bigint): boolean {
  return value <= BigInt(Number.MAX_SAFE_INTEGER) && value >= BigInt(Number.MIN_SAFE_INTEGER)
}

/** Nothing but zeros as far as the widest value would reach: nothing can be told, and the zeros of long gaps cost no time. */
function isEmpty(samples: readonly Uint16Array[], at: number): boolean {
  return samples.every((sample) => sample.subarray(at, at + WIDEST).every((register) => register === 0))
}

function spareAt(at: number, values: readonly number[]): Candidate {
  return { at, width: 1, type: 'spare', order: 'abcd', values, likelihood: Math.log(FILLERS[0]?.[1] ?? 1) }
}

function likelihoodOf(type: (typeof NUMBERS)[number], values: readonly number[]): number {
  switch (type) {
    case 'uint16':
      return wholeNumberLikelihood(values, { bits: 16, sign: 'unsigned', standing: STANDING.narrow })
    case 'int16':
      return wholeNumberLikelihood(values, { bits: 16, sign: 'signed', standing: STANDING.narrow })
    case 'bcd16':
      return wholeNumberLikelihood(values, { bits: 16, sign: 'unsigned', standing: STANDING.bcd })
    case 'uint32':
      return wholeNumberLikelihood(values, { bits: 32, sign: 'unsigned', standing: STANDING.wide })
    case 'int32':
      return wholeNumberLikelihood(values, { bits: 32, sign: 'signed', standing: STANDING.wide })
    case 'bcd32':
      return wholeNumberLikelihood(values, { bits: 32, sign: 'unsigned', standing: STANDING.bcd })
    case 'uint64':
      return wholeNumberLikelihood(values, { bits: 64, sign: 'unsigned', standing: STANDING.wide })
    case 'int64':
      return wholeNumberLikelihood(values, { bits: 64, sign: 'signed', standing: STANDING.wide })
    case 'float32':
      return realNumberLikelihood(values, 24)
    case 'float64':
      return realNumberLikelihood(values, 53)
  }
}
