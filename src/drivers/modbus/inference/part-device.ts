import { BYTE_ORDERS, type ByteOrder } from '../register-type.js'
import { type Block, type Candidate, candidatesAt } from './candidate.js'
import { logSum } from './log-sum.js'
import { ORDER_SHARES } from './reading-kind.js'
import { partBlock } from './segment-lattice.js'

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
  const logs = BYTE_ORDERS.map(
    (order, index) => Math.log(ORDER_SHARES[order]) + (partings[index] ?? []).reduce((sum, { logEvidence }) => sum + logEvidence, 0),
  )
  const total = logSum(logs)
  const weights = logs.map((log) => Math.exp(log - total))
  return {
    orders: Object.fromEntries(BYTE_ORDERS.map((order, index) => [order, weights[index] ?? 0])) as Record<ByteOrder, number>,
    blocks: candidates.map((places, block) =>
      places.map((here, at) =>
        here.map((candidate, index) => ({
          ...candidate,
          posterior: partings.reduce(
            (sum, parting, order) => sum + (weights[order] ?? 0) * (parting[block]?.posteriors[at]?.[index] ?? 0),
            0,
          ),
        })),
      ),
    ),
  }
}
