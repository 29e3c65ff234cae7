import { bracketedRoot } from '../statistics/bracketed-root.js'
import { logGammaTail } from '../statistics/gamma-tail.js'
import { nthSmallest } from '../statistics/nth-smallest.js'
import type { CombScore } from './comb-search.js'

/** How evidence scatters where there is no line, taken from the record itself. */
export interface NoiseOfEvidence {
  readonly mean: number
  readonly variance: number
}

/**
 * Mean and variance of the evidence in noise, from the lower half of the record's own bins, which lines do not reach.
 * The average of votes that are partly of one mind is taken as a gamma variable; its shape follows from the ratio of two quantiles.
 */
export function noiseOfEvidence(evidence: Float64Array): NoiseOfEvidence {
  const values = evidence.slice(2)
  const at = (share: number) => (values.length > 0 ? nthSmallest(values, Math.floor(share * (values.length - 1))) : 1)
  const median = at(0.5)
  const ratio = median / Math.max(1e-9, at(0.15))
  const shape = bracketedRoot((tried) => gammaQuantile(tried, 0.5) / gammaQuantile(tried, 0.15) - ratio, 0.5, 64)
  const scale = median / gammaQuantile(shape, 0.5)
  return { mean: shape * scale, variance: shape * scale * scale }
}

function gammaQuantile(shape: number, probability: number): number {
  return bracketedRoot((x) => -Math.expm1(logGammaTail(shape, x)) - probability, 0, shape + 20 * Math.sqrt(shape) + 20)
}

/**
 * ln of the probability that noise alone scores at least this high somewhere within the slip that was searched.
 * The mean of the lines is a gamma variable again; neighbouring places share bins, so about every second one counts as a new trial.
 */
export function logChanceOf(comb: CombScore, noise: NoiseOfEvidence): number {
  return Math.min(0, logExpected(comb, noise, comb.score))
}

/** The same without the bound that chances have: more than one place may score so. */
function logExpected({ spread, trials }: CombScore, noise: NoiseOfEvidence, score: number): number {
  const variance = noise.variance * spread
  const scale = variance / noise.mean
  const tail = logGammaTail(noise.mean / scale, Math.max(0, score + 1) / scale)
  return tail + Math.log(Math.max(1, trials / 2))
}

/**
 * The score that noise alone reaches in every second search. Patterns of few lines scatter more than those of many; scores are compared from here.
 */
export function scoreOfNoise(comb: CombScore, noise: NoiseOfEvidence): number {
  return bracketedRoot((score) => logExpected(comb, noise, score) + Math.LN2, -1, 12)
}
