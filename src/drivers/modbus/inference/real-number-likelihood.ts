import { logSum } from './log-sum.js'
import { movementLikelihood } from './movement-likelihood.js'

/** Shares of values by decade (the key is ⌊log10⌋): few machines have anything to say outside. */
const DECADES: Readonly<Record<number, number>> = {
  [-4]: 0.004,
  [-3]: 0.015,
  [-2]: 0.05,
  [-1]: 0.13,
  0: 0.22,
  1: 0.24,
  2: 0.19,
  3: 0.09,
  4: 0.035,
  5: 0.016,
  6: 0.01,
  7: 0.005,
  8: 0.001,
}
/** For all other decades together. */
const FAR_DECADES = 5e-5
const ZERO = 0.05
const NEGATIVE = 0.12
/** Values that were computed, and those that were typed in or rounded to so many decimals. */
const COMPUTED = 0.6
const DECIMALS = [
  [0, 0.08],
  [1, 0.13],
  [2, 0.1],
  [3, 0.06],
  [4, 0.03],
] as const
const STANDING = { computed: 0.03, rounded: 0.45 } as const

/**
 * ln P(values) of floating-point numbers: by decade, then on the lattice of the format, or on that of a few decimals; then how they move.
 * @param values one per sample, finite, in time order.
 * @param digits binary digits of the format: 24 or 53.
 */
export function realNumberLikelihood(values: readonly number[], digits: 24 | 53): number {
  if (!values.every((value) => Number.isFinite(value) && (value === 0 || Math.abs(value) > 1e-30))) return Number.NEGATIVE_INFINITY
  const size = values.reduce((most, value) => Math.max(most, Math.abs(value)), 0)
  if (size === 0) return Math.log(ZERO * STANDING.rounded)
  const computed = lattice(size, digits)
  // The lattice is finer below: without this, halves of other values that happen to be tiny would come cheap.
  const finer = values.reduce((sum, value) => sum + (value === 0 ? 0 : Math.log(lattice(Math.abs(value), digits) / computed)), 0)
  const stories = [Math.log(COMPUTED) + finer + onLattice(values, computed, STANDING.computed)]
  for (const [decimals, share] of DECIMALS) {
    const quantum = 10 ** -decimals
    if (quantum >= computed && values.every((value) => isDecimal(value, decimals, digits)))
      stories.push(Math.log(share) + onLattice(values, quantum, STANDING.rounded))
  }
  return logSum(stories)
}

function lattice(size: number, digits: number): number {
  return 2 ** (Math.floor(Math.log2(size)) - digits + 1)
}

/** Whether it is what the format makes of a number with so many decimals. */
export function isDecimal(value: number, decimals: number, digits: 24 | 53): boolean {
  const rounded = Math.round(value * 10 ** decimals) / 10 ** decimals
  return (digits === 24 ? Math.fround(rounded) : rounded) === value
}

function onLattice(values: readonly number[], quantum: number, standing: number): number {
  const size = Math.abs(values[0] ?? 0)
  const first = size === 0 ? ZERO : signShare(values[0] ?? 0) * decadeShare(size, quantum)
  return Math.log(first) + movementLikelihood(values, { quantum, standing })
}

function signShare(value: number): number {
  return value < 0 ? NEGATIVE : 1 - NEGATIVE
}

function decadeShare(size: number, quantum: number): number {
  const decade = Math.floor(Math.log10(size))
  return ((DECADES[decade] ?? FAR_DECADES) * quantum) / (9 * 10 ** Math.max(decade, Math.floor(Math.log10(quantum))))
}
