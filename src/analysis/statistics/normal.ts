import { logGammaTail } from './gamma-tail.js'

/** P(|Z| > |z|) of the standard normal distribution: Q(1/2, z²/2). */
export function twoSidedNormalTail(z: number): number {
  return Math.exp(logGammaTail(0.5, (z * z) / 2))
}

/** z with P(|Z| ≤ z) = confidence, by bisection on the tail; 0 < confidence < 1, to 1e-12. */
export function normalQuantileOf(confidence: number): number {
  let low = 0
  let high = 40
  for (let k = 0; k < 60; k++) {
    const middle = (low + high) / 2
    if (1 - twoSidedNormalTail(middle) < confidence) low = middle
    else high = middle
  }
  return (low + high) / 2
}
