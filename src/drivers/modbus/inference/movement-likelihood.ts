import { logAdd, logSum } from './log-sum.js'

export interface MovementModel {
  /** The smallest step that the value can make: 1 for whole numbers. */
  readonly quantum: number
  /** How likely such a value is to stand still while it is watched. */
  readonly standing: number
}

/** Relative noise that values in machines have, from the quiet to the wild; each weight is the share of values like that. */
const NOISE = [
  [1e-6, 0.5],
  [3e-6, 0.5],
  [1e-5, 0.8],
  [3e-5, 0.8],
  [1e-4, 1],
  [3e-4, 1],
  [1e-3, 1],
  [3e-3, 1],
  [1e-2, 0.9],
  [3e-2, 0.6],
  [1e-1, 0.25],
  [3e-1, 0.06],
  [1, 0.015],
] as const
const NOISE_TOTAL = NOISE.reduce((sum, [, weight]) => sum + weight, 0)
const RELATIVE = 0.6
const RUNGS_PER_DECADE = 1.5
/** A steady rise changes its pace by less than this share of it. */
const RAMP_UNEVENNESS = 1 / 12
const SHARES = { noise: Math.log(0.75), ramp: Math.log(0.25) } as const

/**
 * How likely it is that a value moved as it did: ln P(x₁ … x_T | x₀), summed over how noisy it might be.
 * Three stories: it stands; its steps are noise of some size (two-sided geometric); it rises or falls at a steady pace.
 * Halves of wider values fit none of them: they leap over their whole range.
 * @param values one per sample, multiples of the quantum, in time order.
 */
export function movementLikelihood(values: readonly number[], { quantum, standing }: MovementModel): number {
  const steps = values.slice(1).map((value, index) => value - (values[index] ?? 0))
  if (steps.length === 0) return 0
  const stands = steps.every((step) => step === 0) ? Math.log(standing) : Number.NEGATIVE_INFINITY
  const size = values.reduce((most, value) => Math.max(most, Math.abs(value)), quantum)
  const scales = scalesOf(size, quantum)
  const moves = logSum(
    scales.map(
      ({ scale, weight }) =>
        Math.log(weight) + logAdd(SHARES.noise + noise(steps, scale, quantum), SHARES.ramp + ramp(steps, scale, quantum)),
    ),
  )
  return logAdd(stands, Math.log(1 - standing) + moves)
}

/** Half of the weight lies on sizes relative to the value, half on sizes relative to the smallest step: a counter counts in ones however far it has got. */
function scalesOf(size: number, quantum: number): readonly { readonly scale: number; readonly weight: number }[] {
  const smallest = 0.3 * quantum
  const relative = NOISE.map(([share, weight]) => ({ scale: Math.max(smallest, share * size), weight: (RELATIVE * weight) / NOISE_TOTAL }))
  const rungs = Math.max(1, Math.ceil(Math.log10(size / smallest) * RUNGS_PER_DECADE))
  const absolute = Array.from({ length: rungs }, (_, rung) => ({
    scale: smallest * 10 ** (rung / RUNGS_PER_DECADE),
    weight: (1 - RELATIVE) / rungs,
  }))
  return [...relative, ...absolute]
}

function noise(steps: readonly number[], scale: number, quantum: number): number {
  return steps.reduce((sum, step) => sum + twoSided(step, scale, quantum), 0)
}

/** The first step is anything of that size, always in its direction; the others differ little from it. */
function ramp(steps: readonly number[], scale: number, quantum: number): number {
  const [first = 0] = steps
  const unevenness = Math.max(0.3 * quantum, Math.abs(first) * RAMP_UNEVENNESS)
  return steps.slice(1).reduce((sum, step) => sum + twoSided(step - first, unevenness, quantum), twoSided(first, scale, quantum))
}

/** ln of (1−r)/(1+r) · r^(|d|/q) with r = e^(−q/s): Laplace's distribution on a lattice of q. */
function twoSided(step: number, scale: number, quantum: number): number {
  const decay = quantum / scale
  const r = Math.exp(-decay)
  return Math.log(-Math.expm1(-decay) / (1 + r)) - Math.abs(step) / scale
}
