import { localFloor } from './local-floor.js'

/**
 * Lines over the noise around them (local-floor.ts). In noise alone each ratio is exponentially distributed with mean 1: P(ratio > r) = e^(−r).
 *
 * @param power shape (m,), power per bin.
 * @param reach half the neighbourhood, bins, ≥ 8.
 * @returns shape (m,), dimensionless; 0 where nothing is there.
 */
export function overNoiseFloor(power: Float64Array, reach: number): Float64Array {
  const floor = localFloor(power, reach)
  return power.map((value, k) => (floor[k]! > 0 ? value / floor[k]! : 0))
}
