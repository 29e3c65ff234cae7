import { type FloatReading, floatReadings } from './evidence-float.js'
import { type SingleReading, singleReading } from './evidence-single.js'
import { textLengthAt } from './evidence-text.js'
import type { ByteOrder } from './register-type.js'

/** Registers as they were seen: one array per round, all of the same length; `from` is the address of the first. */
export interface Seen {
  readonly from: number
  readonly samples: readonly Uint16Array[]
}

/** A stretch of registers that belongs together, as places within the range. */
export type Segment =
  | { readonly kind: 'zero'; readonly at: number }
  | { readonly kind: 'text'; readonly at: number; readonly length: number }
  | { readonly kind: 'single'; readonly at: number; readonly single: SingleReading; readonly rivals: readonly FloatReading[] }
  | {
      readonly kind: 'float'
      readonly at: number
      readonly float: FloatReading
      readonly rivals: readonly FloatReading[]
      /** Bits of evidence without what stands around it. */
      readonly ownBits: number
      /** Bits by which the parting with it beats the best one without it: another order, a place one off, or two registers by themselves. */
      readonly margin: number
    }

/** One thing that may begin at a register. */
export interface Option {
  readonly segment: Segment
  readonly bits: number
  readonly width: number
}

/** Bits that a float gains or loses by what stands around it; null where it is out of the question. */
export type Company = (at: number, order: ByteOrder) => number | null

/** A pair must beat two registers by this much to be called a float: sixteen to one. */
const NEEDED_BITS = 4
/** Where it begins or ends with all that can be read: no value lies across that edge. */
const EDGE_BITS = 3
/** Most maps lay wide values at even addresses. */
const EVEN_BITS = 1
/** An empty low word at an edge or beside another zero is as likely padding. */
const PADDING_BITS = -3
const TEXT_BITS_PER_REGISTER = 6

/** All that may begin at a register. */
export function optionsAt(seen: Seen, at: number, company: Company): readonly [Option, ...Option[]] {
  const own = wordsAt(seen, at)
  const single = singleReading(own)
  const pairs = own.map((value, round) => [value, wordsAt(seen, at + 1)[round] ?? 0] as const)
  const hasNext = at + 1 < (seen.samples[0]?.length ?? 0)
  const floats = hasNext ? floatReadings(pairs).filter(({ order }) => company(at, order) !== null) : []
  const isZero = own.every((value) => value === 0)
  const options: [Option, ...Option[]] = [
    { segment: isZero ? { kind: 'zero', at } : { kind: 'single', at, single, rivals: floats }, bits: single.bits, width: 1 },
  ]
  const length = textLengthAt(seen.samples, at)
  if (length > 0) options.push({ segment: { kind: 'text', at, length }, bits: length * TEXT_BITS_PER_REGISTER, width: length })
  const singles = hasNext ? single.bits + singleReading(wordsAt(seen, at + 1)).bits : 0
  for (const float of floats) {
    const ownBits = float.bits + placeBits(seen, at, float.order)
    const gain = company(at, float.order) ?? 0
    const bits = ownBits + gain
    // A place settles between two that are believed; it makes no float believed.
    if (Math.min(bits, float.bits + gain) - singles < NEEDED_BITS) continue
    const rivals = floats.filter((other) => other !== float)
    options.push({ segment: { kind: 'float', at, float: gain > 0 ? inCompany(float) : float, rivals, ownBits, margin: 0 }, bits, width: 2 })
  }
  return options
}

function inCompany(float: FloatReading): FloatReading {
  return { ...float, grounds: [...float.grounds, 'others nearby lie in the same order'] }
}

/** What the place of a pair says for it. */
function placeBits(seen: Seen, at: number, order: ByteOrder): number {
  const count = seen.samples[0]?.length ?? 0
  const isLowSecond = order === 'abcd' || order === 'badc'
  const isZero = (place: number): boolean => wordsAt(seen, place).every((word) => word === 0)
  const isBlank = (place: number): boolean => place < 0 || place >= count || isZero(place)
  const isPadded = isZero(isLowSecond ? at + 1 : at) && isBlank(isLowSecond ? at + 2 : at - 1)
  const edges = Number(at === 0 && !isZero(at)) + Number(at + 2 === count && !isZero(at + 1))
  return edges * EDGE_BITS + ((seen.from + at) % 2 === 0 ? EVEN_BITS : 0) + (isPadded ? PADDING_BITS : 0)
}

function wordsAt({ samples }: Seen, at: number): readonly number[] {
  return samples.map((sample) => sample[at] ?? 0)
}
