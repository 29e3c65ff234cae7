import { nthSmallest } from '../statistics/nth-smallest.js'

/**
 * Lines over the noise around them. In noise alone each ratio is exponentially distributed with mean 1: P(ratio > r) = e^(−r).
 *
 * The floor is the median of the neighbourhood divided by ln 2 (the median of an exponential distribution), so lines do not lift it
 * while they fill less than half of the neighbourhood.
 *
 * @param power shape (m,), power per bin.
 * @param reach half the neighbourhood, bins, ≥ 8.
 * @returns shape (m,), dimensionless; 0 where nothing is there.
 */
export function overNoiseFloor(power: Float64Array, reach: number): Float64Array {
  const step = Math.max(1, Math.floor(reach / 4))
  const nodes = Math.ceil(power.length / step) + 1
  const floor = new Float64Array(nodes)
  const scratch = new Float64Array(power.length)
  for (let node = 0; node < nodes; node++) {
    const centre = node * step
    // Bin 0 is the mean and no noise.
    const first = Math.max(1, Math.min(centre - reach, power.length - 2 * reach))
    const around = scratch.subarray(0, Math.max(0, Math.min(power.length, Math.max(2 * reach, centre + reach + 1)) - first))
    if (around.length === 0) continue
    around.set(power.subarray(first, first + around.length))
    floor[node] = nthSmallest(around, Math.floor(around.length / 2)) / Math.LN2
  }
  const ratios = new Float64Array(power.length)
  for (let k = 0; k < ratios.length; k++) {
    const node = Math.floor(k / step)
    const share = k / step - node
    const level = floor[node]! * (1 - share) + floor[node + 1]! * share
    ratios[k] = level > 0 ? power[k]! / level : 0
  }
  return ratios
}
