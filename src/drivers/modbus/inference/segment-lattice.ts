import type { ByteOrder } from '../register-type.js'
import type { Candidate } from './candidate.js'
import { logAdd, logSum } from './log-sum.js'
import { FAMILIES, type Family, orderShare, READING_TYPES } from './reading-kind.js'

/** How often a value is followed by one of its own family. */
const STAYS: Readonly<Record<Family, number>> = {
  spare: 0.75,
  word: 0.65,
  bits: 0.35,
  bcd16: 0.7,
  double: 0.6,
  float32: 0.75,
  bcd32: 0.5,
  quad: 0.5,
  float64: 0.6,
  string: 0.3,
  junk: 0.3,
}

const ROWS = Object.entries(READING_TYPES)
const ALL = ROWS.reduce((sum, [, { share }]) => sum + share, 0)
const SHARES = FAMILIES.map((family) => {
  const share = familyShare(family) / ALL
  return { share, logShare: Math.log(share), logStay: Math.log(STAYS[family]), logLeave: Math.log(1 - STAYS[family]) }
})
const WITHIN_FAMILY: Readonly<Record<string, number>> = Object.fromEntries(
  ROWS.map(([type, { family, share }]) => [type, Math.log(share / familyShare(family))]),
)

function familyShare(family: Family): number {
  return ROWS.reduce((sum, [, row]) => sum + (row.family === family ? row.share : 0), 0)
}

/** ln P(all registers of a block | the device's order), and how likely each candidate is to be part of the truth. */
export interface Parting {
  readonly logEvidence: number
  /** Per place, in the order of its candidates: 0–1. At each place they and those that reach over it from before add up to 1. */
  readonly posteriors: readonly (readonly number[])[]
}

/**
 * Sums over every way to part a block into values (forward and backward over the addresses; the state is the family of the value before).
 * @param candidates per place, those that begin there; each place needs one of width 1.
 */
export function partBlock(candidates: readonly (readonly Candidate[])[], usual: ByteOrder): Parting {
  const count = candidates.length
  const emissions = candidates.map((here) => here.map((candidate) => emission(candidate, usual)))
  const before = table(count)
  for (const [at, here] of candidates.entries()) {
    const arrivals = arrivalsAt(at, before[at] ?? [])
    for (const [index, { type, width }] of here.entries()) {
      const family = familyIndex(type)
      const arrival = arrivals[family] ?? 0
      const reached = before[at + width] ?? []
      reached[family] = logAdd(reached[family] ?? Number.NEGATIVE_INFINITY, arrival + (emissions[at]?.[index] ?? 0))
    }
  }
  const after = table(count)
  after[count]?.fill(0)
  for (let at = count - 1; at >= 0; at--) {
    const sums = new Array<number>(FAMILIES.length).fill(Number.NEGATIVE_INFINITY)
    for (const [index, { type, width }] of (candidates[at] ?? []).entries()) {
      const family = familyIndex(type)
      sums[family] = logAdd(sums[family] ?? 0, (emissions[at]?.[index] ?? 0) + (after[at + width]?.[family] ?? 0))
    }
    const fresh = logSum(sums.map((sum, family) => sum + (SHARES[family]?.logShare ?? 0)))
    const here = after[at] ?? []
    for (const [family, sum] of sums.entries())
      here[family] = logAdd((SHARES[family]?.logStay ?? 0) + sum, (SHARES[family]?.logLeave ?? 0) + fresh)
  }
  const logEvidence = logSum(before[count] ?? [])
  const posteriors = candidates.map((here, at) => {
    const arrivals = arrivalsAt(at, before[at] ?? [])
    return here.map(({ type, width }, index) => {
      const family = familyIndex(type)
      return Math.exp((arrivals[family] ?? 0) + (emissions[at]?.[index] ?? 0) + (after[at + width]?.[family] ?? 0) - logEvidence)
    })
  })
  return { logEvidence, posteriors }
}

/** ln P(the registers before this place, and a value of each family from here on). */
function arrivalsAt(at: number, before: readonly number[]): readonly number[] {
  if (at === 0) return SHARES.map(({ logShare }) => logShare)
  const left = logSum(before.map((each, index) => each + (SHARES[index]?.logLeave ?? 0)))
  return SHARES.map(({ logShare, logStay }, family) => logAdd((before[family] ?? 0) + logStay, left + logShare))
}

function emission({ type, order, likelihood }: Candidate, usual: ByteOrder): number {
  return likelihood + (WITHIN_FAMILY[type] ?? 0) + Math.log(orderShare(type, order, usual))
}

function table(count: number): number[][] {
  return Array.from({ length: count + 1 }, () => new Array<number>(FAMILIES.length).fill(Number.NEGATIVE_INFINITY))
}

function familyIndex(type: Candidate['type']): number {
  return FAMILIES.indexOf(READING_TYPES[type].family)
}
