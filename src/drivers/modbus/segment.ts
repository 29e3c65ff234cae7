import { type FloatReading, floatReadings } from './evidence-float.js'
import { type SingleReading, singleReading } from './evidence-single.js'
import { textLengthAt } from './evidence-text.js'
import { BYTE_ORDERS, type ByteOrder } from './register-type.js'

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
/** What a pair gains when the one right before or after it is a float in the order of the device, or when that is merely the order of others. */
const NEIGHBOUR_BITS = 4
const USUAL_ORDER_BITS = 1.5
/** What a pair loses in another order than the rest of its device: mixtures exist and are rare. */
const UNUSUAL_ORDER_BITS = -4
/** Neighbours speak for their neighbours; a few rounds carry that along a run. */
const ROUNDS = 4

/**
 * The order in which a device seems to lay its floats: the one in which all of its ranges together make most sense.
 * @param ranges per range one array per round.
 * @returns null where no order makes more sense than none.
 */
export function usualOrder(ranges: readonly (readonly Uint16Array[])[]): ByteOrder | null {
  const sense = (only: ByteOrder | null): number =>
    ranges.reduce((sum, samples) => sum + segmentOnce(samples, (_, order) => (order === only ? 0 : null)).bits, 0)
  const without = sense(null)
  return BYTE_ORDERS.reduce<{ readonly order: ByteOrder | null; readonly bits: number }>(
    (best, order) => {
      const bits = sense(order)
      return bits > best.bits ? { order, bits } : best
    },
    { order: null, bits: without + NEEDED_BITS - 1e-9 },
  ).order
}

/**
 * Parts a range of registers into values so that the evidence, summed over all of them, is greatest.
 * @param samples one array per round, all of the same length.
 */
export function segmentRegisters(samples: readonly Uint16Array[], usual: ByteOrder | null): readonly Segment[] {
  let { segments } = segmentOnce(samples, () => 0)
  for (let round = 0; round < ROUNDS && usual !== null; round++) {
    const places = new Set(segments.flatMap((segment) => (segment.kind === 'float' && segment.float.order === usual ? [segment.at] : [])))
    const company: Company = (at, order) => {
      if (order !== usual) return UNUSUAL_ORDER_BITS
      return places.has(at - 2) || places.has(at + 2) ? NEIGHBOUR_BITS : places.size > Number(places.has(at)) ? USUAL_ORDER_BITS : 0
    }
    segments = segmentOnce(samples, company).segments
  }
  return segments
}

/** Bits that a float gains or loses by what stands around it; null where it is out of the question. */
type Company = (at: number, order: ByteOrder) => number | null

function segmentOnce(samples: readonly Uint16Array[], company: Company): { readonly segments: readonly Segment[]; readonly bits: number } {
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
  return { segments, bits: best[0]?.bits ?? 0 }
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
    .flatMap((reading) => {
      const bits = company(at, reading.order)
      if (bits === null) return []
      if (bits <= 0) return [{ ...reading, bits: reading.bits + bits }]
      const ground = bits >= NEIGHBOUR_BITS ? 'its neighbour is one in the same order' : 'others of this device lie in the same order'
      return [{ ...reading, bits: reading.bits + bits, grounds: [...reading.grounds, ground] }]
    })
    .sort((a, b) => b.bits - a.bits)
}
