import { logAdd } from './log-sum.js'

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
  [3e-1, 0.03],
  [1, 0.004],
] as const
const NOISE_TOTAL = NOISE.reduce((sum, [, weight]) => sum + weight, 0)
/** Over half of the weight lies on sizes relative to the value, the rest on sizes relative to the smallest step: a counter counts in ones however far it has got. */
const RELATIVE = 0.6
/** What is measured has no more digits than its noise leaves: few large values go up and down by a few of their smallest steps. */
const JITTERS = Math.log(0.1)
const SMALLEST_SCALE = 0.3
const RUNGS_PER_DECADE = 1.5
/** A steady rise changes its pace by less than this share of it. */
const RAMP_UNEVENNESS = 1 / 12
const SHARES = { noise: Math.log(0.6), ramp: Math.log(0.22), held: Math.log(0.18) } as const
/** A value that is held between updates (a slow sensor, a dead band, a set-point that is stepped) stands in this share of the samples. */
const HELD = [0.4, 0.7, 0.9] as const

/**
 * How likely it is that a value moved as it did: ln P(x₁ … x_T | x₀), summed over how noisy it might be.
 * Four stories: it stands; its steps are noise of some size (two-sided geometric); it rises or falls at a steady pace; it is held and steps now and then.
 * Halves of wider values fit none of them: they leap over their whole range.
 * @param values one per sample, multiples of the quantum, in time order.
 */
export function movementLikelihood(values: readonly number[], { quantum, standing }: MovementModel): number {
  const steps = values.slice(1).map((value, index) => value - (values[index] ?? 0))
  if (steps.length === 0) return 0
  const stands = steps.every((step) => step === 0) ? Math.log(standing) : Number.NEGATIVE_INFINITY
  const size = values.reduce((most, value) => Math.max(most, Math.abs(value)), quantum)
  const [first = 0, ...others] = steps
  const travelled = steps.reduce((sum, step) => sum + Math.abs(step), 0)
  const unevenness = Math.max(SMALLEST_SCALE * quantum, Math.abs(first) * RAMP_UNEVENNESS)
  const rampNorm = logNorm(unevenness, quantum)
  const evenly = others.reduce((sum, step) => sum + rampNorm - Math.abs(step - first) / unevenness, 0)
  const stops = steps.filter((step) => step === 0).length
  const held = heldOdds(stops, steps.length)
  let moves = Number.NEGATIVE_INFINITY
  const isCounting = steps.every((step) => step >= 0) || steps.every((step) => step <= 0)
  const add = (scale: number, weight: number, jitters = 0): void => {
    const norm = logNorm(scale, quantum)
    const noise = jitters + SHARES.noise + steps.length * norm - travelled / scale
    // The first step is anything of that size, always in its direction; the others differ little from it.
    const ramp = SHARES.ramp + norm - Math.abs(first) / scale + evenly
    const jumps =
      stops === steps.length
        ? Number.NEGATIVE_INFINITY
        : held + (steps.length - stops) * (norm - Math.log(-Math.expm1(norm))) - travelled / scale
    moves = logAdd(moves, Math.log(weight) + logAdd(logAdd(noise, ramp), jitters + SHARES.held + jumps))
  }
  const smallest = SMALLEST_SCALE * quantum
  for (const [share, weight] of NOISE) add(Math.max(smallest, share * size), (RELATIVE * weight) / NOISE_TOTAL)
  const rungs = Math.max(1, Math.ceil(Math.log10(size / smallest) * RUNGS_PER_DECADE))
  for (let rung = 0; rung < rungs; rung++) add(smallest * 10 ** (rung / RUNGS_PER_DECADE), (1 - RELATIVE) / rungs, isCounting ? 0 : JITTERS)
  return logAdd(stands, Math.log(1 - standing) + moves)
}

/** ln P(which of its steps are none | not all of them are), averaged over how often such values are held. */
function heldOdds(stops: number, steps: number): number {
  return Math.log(
    HELD.reduce((sum, share) => sum + (share ** stops * (1 - share) ** (steps - stops)) / (1 - share ** steps), 0) / HELD.length,
  )
}

/** ln of (1−r)/(1+r) with r = e^(−q/s): what Laplace's distribution on a lattice of q gives to no step at all; a step d costs |d|/s more. */
function logNorm(scale: number, quantum: number): number {
  const decay = quantum / scale
  return Math.log(-Math.expm1(-decay) / (1 + Math.exp(-decay)))
}
