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
  const floor = Float64Array.from({ length: nodes }, (_, node) => {
    const centre = node * step
    // Bin 0 is the mean and no noise.
    const around = power
      .slice(Math.max(1, Math.min(centre - reach, power.length - 2 * reach)), Math.max(2 * reach, centre + reach + 1))
      .sort()
    return (around[Math.floor(around.length / 2)] ?? 0) / Math.LN2
  })
  return power.map((value, k) => {
    const node = Math.floor(k / step)
    const share = k / step - node
    const level = floor[node]! * (1 - share) + floor[node + 1]! * share
    return level > 0 ? value / level : 0
  })
}
