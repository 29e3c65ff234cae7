import { BYTE_ORDERS, type ByteOrder } from '../register-type.js'
import { type Block, type Candidate, candidatesAt } from './candidate.js'
import { logSum } from './log-sum.js'
import { ORDER_SHARES } from './reading-kind.js'
import { type Parting, partBlock } from './segment-lattice.js'

/** One way to read a place, and how likely it is to be the truth, given everything that was seen of the device. */
export interface Weighed extends Candidate {
  readonly posterior: number
}

export interface PartedDevice {
  /** How likely each order is to be the one that the device keeps to. */
  readonly orders: Readonly<Record<ByteOrder, number>>
  /** Per block, per place: what may begin there. */
  readonly blocks: readonly (readonly (readonly Weighed[])[])[]
}

/** How often a block keeps to the order of its device, and how often to each of the others. */
const OWN_WAY = { same: 0.94, other: 0.02 } as const

/** What a hint adds to the likelihood of a candidate, as a logarithm. */
export type Favour = (block: Block, candidate: Candidate) => number

/** Weighs every reading of every place, in each of the four orders that the device as a whole may keep to, and averages over those. */
export function partDevice(blocks: readonly Block[], favour: Favour): PartedDevice {
  const candidates = blocks.map((block) =>
    [...(block.samples[0]?.keys() ?? [])].map((at) =>
      candidatesAt(block, at).map((candidate) => ({ ...candidate, likelihood: candidate.likelihood + favour(block, candidate) })),
    ),
  )
  const partings = BYTE_ORDERS.map((order) => candidates.map((places) => partBlock(places, order)))
  const { devices, inBlock } = weighOrders(partings)
  return {
    orders: Object.fromEntries(BYTE_ORDERS.map((order, index) => [order, devices[index] ?? 0])) as Record<ByteOrder, number>,
    blocks: candidates.map((places, block) =>
      places.map((here, at) =>
        here.map((candidate, index) => ({
          ...candidate,
          posterior: partings.reduce(
            (sum, parting, order) => sum + (inBlock[block]?.[order] ?? 0) * (parting[block]?.posteriors[at]?.[index] ?? 0),
            0,
          ),
        })),
      ),
    ),
  }
}

/**
 * How likely the device as a whole keeps to each order, and each of its blocks: whoever bought a part of the firmware bought its order.
 * @param partings per order, per block.
 */
function weighOrders(partings: readonly (readonly Parting[])[]): {
  readonly devices: readonly number[]
  readonly inBlock: readonly (readonly number[])[]
} {
  const blocks = (partings[0] ?? []).map((_, block) => partings.map((parting) => parting[block]?.logEvidence ?? 0))
  const logs = BYTE_ORDERS.map(
    (order, device) => Math.log(ORDER_SHARES[order]) + blocks.reduce((sum, evidence) => sum + logSum(ownOrders(evidence, device)), 0),
  )
  const devices = normalized(logs)
  const inBlock = blocks.map((evidence) => {
    const given = devices.map((_, device) => normalized(ownOrders(evidence, device)))
    return BYTE_ORDERS.map((_, order) => devices.reduce((sum, weight, device) => sum + weight * (given[device]?.[order] ?? 0), 0))
  })
  return { devices, inBlock }
}

/** ln P(a block, and the order it keeps to | the device's order). */
function ownOrders(evidence: readonly number[], device: number): readonly number[] {
  return evidence.map((log, order) => log + Math.log(order === device ? OWN_WAY.same : OWN_WAY.other))
}

function normalized(logs: readonly number[]): readonly number[] {
  const total = logSum(logs)
  return logs.map((log) => Math.exp(log - total))
}
