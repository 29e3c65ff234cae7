import { logGammaTail } from '../statistics/gamma-tail.js'
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
  const sorted = evidence.slice(2).sort()
  const at = (share: number) => sorted[Math.floor(share * (sorted.length - 1))] ?? 1
  const ratio = at(0.5) / Math.max(1e-9, at(0.15))
  let low = 0.5
  let high = 64
  for (let k = 0; k < 40; k++) {
    const shape = Math.sqrt(low * high)
    if (gammaQuantile(shape, 0.5) / gammaQuantile(shape, 0.15) > ratio) low = shape
    else high = shape
  }
  const shape = Math.sqrt(low * high)
  const scale = at(0.5) / gammaQuantile(shape, 0.5)
  return { mean: shape * scale, variance: shape * scale * scale }
}

function gammaQuantile(shape: number, probability: number): number {
  let low = 0
  let high = shape + 20 * Math.sqrt(shape) + 20
  for (let k = 0; k < 50; k++) {
    const middle = (low + high) / 2
    if (1 - Math.exp(logGammaTail(shape, middle)) < probability) low = middle
    else high = middle
  }
  return (low + high) / 2
}

/**
 * ln of the probability that noise alone scores at least this high somewhere within the slip that was searched.
 * The mean of the lines is a gamma variable again; neighbouring places share bins, so about every second one counts as a new trial.
 */
export function logChanceOf(comb: CombScore, noise: NoiseOfEvidence): number {
  const variance = noise.variance * comb.spread
  const scale = variance / noise.mean
  const tail = logGammaTail(noise.mean / scale, Math.max(0, comb.score + 1) / scale)
  return Math.min(0, tail + Math.log(Math.max(1, comb.trials / 2)))
}

/**
 * The score that noise alone reaches in every second search. Patterns of few lines scatter more than those of many; scores are compared from here.
 */
export function scoreOfNoise(comb: CombScore, noise: NoiseOfEvidence): number {
  let low = -1
  let high = 12
  for (let k = 0; k < 30; k++) {
    const middle = (low + high) / 2
    if (logChanceOf({ ...comb, score: middle }, noise) > -Math.LN2) low = middle
    else high = middle
  }
  return (low + high) / 2
}
