import { nthSmallest } from '../statistics/nth-smallest.js'

/**
 * The mean power of the noise around every line: medians of overlapping neighbourhoods, between whose middles it runs straight. Lines do not lift a
 * median while they fill less than half of its neighbourhood; for noise, whose power is exponentially distributed, the mean is the median over ln 2.
 *
 * @param power shape (m,), |FFT|² or density of one look; bin 0 is the mean and no noise.
 * @param reach half the neighbourhood, bins, ≥ 8; wider than any line, narrower than the hills of the noise.
 * @returns shape (m,), unit of `power`.
 */
export function localFloor(power: Float64Array, reach: number): Float64Array {
  const step = Math.max(1, Math.floor(reach / 4))
  const medians = new Float64Array(Math.ceil(power.length / step) + 1)
  const scratch = new Float64Array(power.length)
  for (let node = 0; node < medians.length; node++) {
    const centre = node * step
    const first = Math.max(1, Math.min(centre - reach, power.length - 2 * reach))
    const around = scratch.subarray(0, Math.max(0, Math.min(power.length, Math.max(2 * reach, centre + reach + 1)) - first))
    if (around.length === 0) continue
    around.set(power.subarray(first, first + around.length))
    medians[node] = nthSmallest(around, Math.floor(around.length / 2)) / Math.LN2
  }
  const floor = new Float64Array(power.length)
  for (let k = 0; k < floor.length; k++) {
    const node = Math.floor(k / step)
    const share = k / step - node
    floor[k] = medians[node]! * (1 - share) + medians[node + 1]! * share
  }
  return floor
}
