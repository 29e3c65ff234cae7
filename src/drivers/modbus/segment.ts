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
/** What a pair gains when the pair right before or after it is a float in the same order, or when some pair of the device is: values of a kind lie together. */
const NEIGHBOUR_BITS = 4
const ELSEWHERE_BITS = 1.5
/** Neighbours speak for their neighbours; a few rounds carry that along a run. */
const ROUNDS = 4

/** Orders in which floats of the other ranges of a device lie. */
export type KnownOrders = ReadonlySet<ByteOrder>

/**
 * Parts a range of registers into values so that the evidence, summed over all of them, is greatest.
 * @param samples one array per round, all of the same length.
 */
export function segmentRegisters(samples: readonly Uint16Array[], elsewhere: KnownOrders = new Set()): readonly Segment[] {
  let segments = segmentOnce(samples, () => ({ neighbours: 0, elsewhere: 0 }))
  for (let round = 0; round < ROUNDS; round++) {
    const floats = new Map(segments.flatMap((segment) => (segment.kind === 'float' ? [[segment.at, segment.float.order]] : [])))
    segments = segmentOnce(samples, (at, order) => ({
      neighbours: Number(floats.get(at - 2) === order) + Number(floats.get(at + 2) === order),
      elsewhere: Number(elsewhere.has(order) || [...floats].some(([place, known]) => known === order && Math.abs(place - at) > 1)),
    }))
  }
  return segments
}

/** Orders that the floats among these segments show. */
export function ordersOf(segments: readonly Segment[]): KnownOrders {
  return new Set(segments.flatMap((segment) => (segment.kind === 'float' ? [segment.float.order] : [])))
}

/** How many floats of an order stand beside a place, and whether there are any further off. */
type Company = (at: number, order: ByteOrder) => { readonly neighbours: number; readonly elsewhere: number }

function segmentOnce(samples: readonly Uint16Array[], company: Company): readonly Segment[] {
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
    .map((reading) => {
      const { neighbours, elsewhere } = company(at, reading.order)
      if (neighbours > 0)
        return { ...reading, bits: reading.bits + NEIGHBOUR_BITS, grounds: [...reading.grounds, 'its neighbour is one in the same order'] }
      if (elsewhere > 0)
        return {
          ...reading,
          bits: reading.bits + ELSEWHERE_BITS,
          grounds: [...reading.grounds, 'others of this device lie in the same order'],
        }
      return reading
    })
    .sort((a, b) => b.bits - a.bits)
}
