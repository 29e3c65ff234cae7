import { type FloatReading, floatReadings } from './evidence-float.js'
import { type SingleReading, singleReading } from './evidence-single.js'
import { textLengthAt } from './evidence-text.js'
import type { ByteOrder } from './register-type.js'

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
      /** Bits by which it beats two single registers, and by which it beats its best rival order. */
      readonly margin: number
      readonly orderMargin: number
    }

/** A pair must beat two registers by this much to be called a float: sixteen to one. */
const NEEDED_BITS = 4
/** What a pair gains when other pairs of the device have shown the same order. */
const COMPANY_BITS = 4
/** As much evidence of other pairs counts as having shown it. */
const COMPANY_NEEDED_BITS = 6

/** Bits that other pairs of the device have shown for an order, seen from a place in the range. */
export type Company = (at: number, order: ByteOrder) => number

/** What is known of a device before anything has been looked at. */
export const NO_COMPANY: Company = () => 0

/** What the other pairs of a device show, once all its ranges have been parted a first time. */
export function companyOf(first: readonly (readonly Segment[])[], own: readonly Segment[]): Company {
  const sums = new Map<ByteOrder, number>()
  for (const segment of first.flat()) {
    if (segment.kind === 'float') sums.set(segment.float.order, (sums.get(segment.float.order) ?? 0) + segment.margin)
  }
  const ownMargins = new Map(
    own.flatMap((segment) => (segment.kind === 'float' ? [[`${segment.at} ${segment.float.order}`, segment.margin]] : [])),
  )
  return (at, order) => (sums.get(order) ?? 0) - (ownMargins.get(`${at} ${order}`) ?? 0)
}

/**
 * Parts a range of registers into values so that the evidence, summed over all of them, is greatest.
 * @param samples one array per round, all of the same length.
 */
export function segmentRegisters(samples: readonly Uint16Array[], company: Company): readonly Segment[] {
  const count = samples[0]?.length ?? 0
  const best: { readonly bits: number; readonly segment: Segment | null; readonly next: number }[] = []
  best[count] = { bits: 0, segment: null, next: count }
  for (let at = count - 1; at >= 0; at--) {
    const options = optionsAt(samples, at, company).map(({ segment, bits, width }) => ({
      bits: bits + (best[at + width]?.bits ?? 0),
      segment,
      next: at + width,
    }))
    best[at] = options.reduce((a, b) => (b.bits > a.bits ? b : a))
  }
  const segments: Segment[] = []
  for (let at = 0; at < count; at = best[at]?.next ?? count) {
    const segment = best[at]?.segment
    if (segment) segments.push(segment)
  }
  return segments
}

interface Option {
  readonly segment: Segment
  readonly bits: number
  readonly width: number
}

function optionsAt(samples: readonly Uint16Array[], at: number, company: Company): [Option, ...Option[]] {
  const own = samples.map((sample) => sample[at] ?? 0)
  const following = samples.map((sample) => sample[at + 1])
  const hasNext = following.every((value) => value !== undefined)
  const pairs = own.map((value, round) => [value, following[round] ?? 0] as const)
  const floats = hasNext ? withCompany(floatReadings(pairs), at, company) : []
  const single = singleReading(own)
  const isZero = own.every((value) => value === 0)
  const asSingle: Option = {
    segment: isZero ? { kind: 'zero', at } : { kind: 'single', at, single, rivals: floats },
    bits: single.bits,
    width: 1,
  }
  const options: [Option, ...Option[]] = [asSingle]
  const length = textLengthAt(samples, at)
  if (length > 0) options.push({ segment: { kind: 'text', at, length }, bits: length * 6, width: length })
  const [float, ...rivals] = floats
  if (!float) return options
  const margin = float.bits - single.bits - singleReading(following.map((value) => value ?? 0)).bits
  const orderMargin = float.bits - (rivals[0]?.bits ?? 0)
  if (margin >= NEEDED_BITS)
    options.push({ segment: { kind: 'float', at, float, rivals, margin, orderMargin }, bits: float.bits, width: 2 })
  return options
}

function withCompany(readings: readonly FloatReading[], at: number, company: Company): readonly FloatReading[] {
  return readings
    .map((reading) =>
      company(at, reading.order) >= COMPANY_NEEDED_BITS
        ? {
            ...reading,
            bits: reading.bits + COMPANY_BITS,
            grounds: [...reading.grounds, 'other values of this device lie in the same order'],
          }
        : reading,
    )
    .sort((a, b) => b.bits - a.bits)
}
