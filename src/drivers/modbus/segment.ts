import { BYTE_ORDERS, type ByteOrder } from './register-type.js'
import { type Company, type Option, optionsAt, type Seen, type Segment } from './segment-option.js'

/** What a pair gains when the one right before or after it is a float in the order of its range, or when that is merely the order of others. */
const NEIGHBOUR_BITS = 4
const USUAL_ORDER_BITS = 1.5
/** What a pair loses in another order than the rest of its range: mixtures exist and are rare. */
const UNUSUAL_ORDER_BITS = -4
/** By so much all floats of one order together must beat none at all before others are measured by it. */
const ORDER_BITS = 8
/** Company may settle a tie; it is no proof. So much of it counts when it comes to being sure. */
const COUNTED_COMPANY_BITS = 2
/** Neighbours speak for their neighbours; a few rounds carry that along a run. */
const ROUNDS = 4

/**
 * The order in which floats seem to lie: the one in which these ranges together make most sense.
 * @returns null where no order makes more sense than none.
 */
export function usualOrder(ranges: readonly Seen[]): ByteOrder | null {
  const sense = (only: ByteOrder | null): number =>
    ranges.reduce((sum, seen) => sum + latticeOf(seen, (_, order) => (order === only ? 0 : null)).total, 0)
  return BYTE_ORDERS.reduce<{ readonly order: ByteOrder | null; readonly bits: number }>(
    (best, order) => {
      const bits = sense(order)
      return bits > best.bits ? { order, bits } : best
    },
    { order: null, bits: sense(null) + ORDER_BITS },
  ).order
}

/** Parts a range of registers into values so that the evidence, summed over all of them, is greatest. */
export function segmentRegisters(seen: Seen, usual: ByteOrder | null): readonly Segment[] {
  const alone = latticeOf(seen, () => 0)
  let lattice = alone
  for (let round = 0; round < ROUNDS && usual !== null; round++) {
    const places = new Set(
      bestPath(lattice).flatMap(({ segment: found }) => (found.kind === 'float' && found.float.order === usual ? [found.at] : [])),
    )
    lattice = latticeOf(seen, (at, order) => {
      if (order !== usual) return UNUSUAL_ORDER_BITS
      return places.has(at - 2) || places.has(at + 2) ? NEIGHBOUR_BITS : places.size > Number(places.has(at)) ? USUAL_ORDER_BITS : 0
    })
  }
  return bestPath(lattice).map((option) => {
    const { segment } = option
    if (segment.kind !== 'float') return segment
    const margin = Math.min(leadOf(option, lattice), leadOf({ ...option, bits: segment.ownBits }, alone) + COUNTED_COMPANY_BITS)
    return { ...segment, margin }
  })
}

/** By how much the best parting with this segment beats the best one without it. */
function leadOf(option: Option, lattice: Lattice): number {
  const { at } = option.segment
  // Every other way to part the range covers this register by another segment.
  const others = [at - 1, at].flatMap((from) =>
    (lattice.options[from] ?? [])
      .filter((other) => from + other.width > at && !isSame(other.segment, option.segment))
      .map((other) => through(lattice, other)),
  )
  return through(lattice, option) - Math.max(...others)
}

function isSame(a: Segment, b: Segment): boolean {
  return a.at === b.at && a.kind === b.kind && (a.kind !== 'float' || b.kind !== 'float' || a.float.order === b.float.order)
}

/** All ways to part a range: what may begin at each register, and the bits of the best way up to it and from it on. */
interface Lattice {
  readonly options: readonly (readonly Option[])[]
  readonly before: readonly number[]
  readonly after: readonly number[]
  readonly total: number
}

function latticeOf(seen: Seen, company: Company): Lattice {
  const count = seen.samples[0]?.length ?? 0
  const options = Array.from({ length: count }, (_, at) => optionsAt(seen, at, company))
  const after = new Array<number>(count + 1).fill(0)
  for (let at = count - 1; at >= 0; at--)
    after[at] = Math.max(...(options[at] ?? []).map(({ bits, width }) => bits + (after[at + width] ?? 0)))
  const before = new Array<number>(count + 1).fill(Number.NEGATIVE_INFINITY)
  before[0] = 0
  for (let at = 0; at < count; at++) {
    for (const { bits, width } of options[at] ?? []) before[at + width] = Math.max(before[at + width] ?? 0, (before[at] ?? 0) + bits)
  }
  return { options, before, after, total: after[0] ?? 0 }
}

/** Bits of the best parting that has this segment. */
function through({ before, after }: Lattice, { segment, bits, width }: Option): number {
  return (before[segment.at] ?? 0) + bits + (after[segment.at + width] ?? 0)
}

function bestPath(lattice: Lattice): readonly Option[] {
  const path: Option[] = []
  for (let at = 0; at < lattice.options.length; at += path.at(-1)?.width ?? 1) {
    const [first, ...others] = lattice.options[at] ?? []
    if (!first) break
    path.push(others.reduce((best, option) => (through(lattice, option) > through(lattice, best) ? option : best), first))
  }
  return path
}
