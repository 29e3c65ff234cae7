import type { ByteOrder } from '../register-type.js'
import type { Candidate } from './candidate.js'
import { logAdd, logSum } from './log-sum.js'
import { FAMILIES, type Family, orderShare, READING_TYPES } from './reading-kind.js'

/** How often a value is followed by one of its own family. */
const STAYS: Readonly<Record<Family, number>> = {
  spare: 0.75,
  word: 0.65,
  bits: 0.35,
  bcd16: 0.65,
  double: 0.6,
  float32: 0.75,
  bcd32: 0.5,
  quad: 0.5,
  float64: 0.6,
  string: 0.3,
  clock: 0.02,
  junk: 0.5,
}

/** Who writes numbers in one way writes narrow and wide ones so: how often one is followed by the other. */
const COUSINS: Readonly<Partial<Record<Family, { readonly family: Family; readonly share: number }>>> = {
  word: { family: 'double', share: 0.05 },
  double: { family: 'word', share: 0.1 },
  bcd16: { family: 'bcd32', share: 0.12 },
  bcd32: { family: 'bcd16', share: 0.25 },
}

const ROWS = Object.entries(READING_TYPES)
const ALL = ROWS.reduce((sum, [, { share }]) => sum + share, 0)
const SHARES = FAMILIES.map((family) => {
  const cousin = COUSINS[family]
  return {
    logShare: Math.log(familyShare(family) / ALL),
    logStay: Math.log(STAYS[family]),
    logLeave: Math.log(1 - STAYS[family] - (cousin?.share ?? 0)),
    cousin: cousin ? FAMILIES.indexOf(cousin.family) : -1,
    logCousin: Math.log(cousin?.share ?? 0),
  }
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
  const steps = candidates.map((here) =>
    here.map(
      (candidate): Step => ({
        family: FAMILIES.indexOf(READING_TYPES[candidate.type].family),
        width: candidate.width,
        log: candidate.likelihood + (WITHIN_FAMILY[candidate.type] ?? 0) + Math.log(orderShare(candidate.type, candidate.order, usual)),
      }),
    ),
  )
  const arrivals = forward(steps)
  const after = backward(steps)
  const logEvidence = arrivals.logEvidence
  const posteriors = steps.map((here, at) =>
    here.map(({ family, width, log }) =>
      Math.exp((arrivals.places[at]?.[family] ?? 0) + log + (after[at + width]?.[family] ?? 0) - logEvidence),
    ),
  )
  return { logEvidence, posteriors }
}

/** A candidate as the lattice sees it: ln P(its registers, its type and order | its family). */
interface Step {
  readonly family: number
  readonly width: number
  readonly log: number
}

/** Per place and family: ln P(the registers before it, and a value of this family from here on). */
function forward(steps: readonly (readonly Step[])[]): { readonly places: readonly (readonly number[])[]; readonly logEvidence: number } {
  const before = table(steps.length)
  const places = steps.map((here, at) => {
    const arrivals = arrivalsAt(at, before[at] ?? [])
    for (const { family, width, log } of here) {
      const reached = before[at + width] ?? []
      reached[family] = logAdd(reached[family] ?? 0, (arrivals[family] ?? 0) + log)
    }
    return arrivals
  })
  return { places, logEvidence: logSum(before[steps.length] ?? []) }
}

/** Per place and family: ln P(the registers from it on | the value before it was of this family). */
function backward(steps: readonly (readonly Step[])[]): readonly (readonly number[])[] {
  const after = table(steps.length)
  after[steps.length]?.fill(0)
  for (let at = steps.length - 1; at >= 0; at--) {
    const sums = new Array<number>(FAMILIES.length).fill(Number.NEGATIVE_INFINITY)
    for (const { family, width, log } of steps[at] ?? []) sums[family] = logAdd(sums[family] ?? 0, log + (after[at + width]?.[family] ?? 0))
    const fresh = logSum(sums.map((sum, family) => sum + (SHARES[family]?.logShare ?? 0)))
    after[at] = sums.map((sum, family) => {
      const { logStay = 0, logLeave = 0, logCousin = 0, cousin = -1 } = SHARES[family] ?? {}
      const kept = logAdd(logStay + sum, logLeave + fresh)
      return cousin < 0 ? kept : logAdd(kept, logCousin + (sums[cousin] ?? 0))
    })
  }
  return after
}

function arrivalsAt(at: number, before: readonly number[]): readonly number[] {
  if (at === 0) return SHARES.map(({ logShare }) => logShare)
  const left = logSum(before.map((each, index) => each + (SHARES[index]?.logLeave ?? 0)))
  return SHARES.map(({ logShare, logStay, cousin }, family) => {
    const kept = logAdd((before[family] ?? 0) + logStay, left + logShare)
    return cousin < 0 ? kept : logAdd(kept, (before[cousin] ?? 0) + (SHARES[cousin]?.logCousin ?? 0))
  })
}

function table(count: number): number[][] {
  return Array.from({ length: count + 1 }, () => new Array<number>(FAMILIES.length).fill(Number.NEGATIVE_INFINITY))
}
