import { decodeRaw } from '../register-codec.js'
import type { ByteOrder } from '../register-type.js'
import { flagLikelihood } from './flag-likelihood.js'
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
  /** One per sample; empty for text and what has no value. */
  readonly values: readonly number[]
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
  if (filler) found.push({ at, width: 1, type: 'spare', order: 'abcd', values: own, likelihood: Math.log(filler[1]) })
  for (const type of NUMBERS) {
    const { width } = READING_TYPES[type]
    if (at + width > count) continue
    const parts = samples.map((sample) => sample.subarray(at, at + width))
    for (const order of ordersOf(type)) {
      const raw = parts.map((part) => decodeRaw(part, type, order))
      if (!raw.every((value) => value !== undefined)) continue
      // Beyond 2^53 the last digits are lost, and what moves would seem to stand.
      if (raw.some((value) => typeof value === 'bigint' && !isExact(value)) && new Set(raw).size > 1) continue
      const values = raw.map(Number)
      const likelihood = likelihoodOf(type, values) + (width > 1 && (block.from + at) % 2 === 1 ? ODD_PLACE : 0)
      if (likelihood > Number.NEGATIVE_INFINITY) found.push({ at, width, type, order, values, likelihood })
    }
  }
  for (const order of ordersOf('string'))
    for (const { length, likelihood } of textReadings(
      samples.map((sample) => sample.subarray(at)),
      order,
    ))
      found.push({ at, width: length, type: 'string', order, values: [], likelihood })
  return found
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
