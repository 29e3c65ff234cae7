import { nthSmallest } from '../statistics/nth-smallest.js'

/**
 * The mean power of the noise around every line: medians of stretches of lines, between whose middles it runs straight. A few lines that stand
 * out do not move a median; for noise, whose power is exponentially distributed, the mean is the median over ln 2.
 *
 * @param power  shape (m,), |FFT|² or density.
 * @param stretch lines per median, ≥ 8; wider than any line, narrower than the hills of the noise.
 * @returns shape (m,), unit of `power`.
 */
export function localFloor(power: Float64Array, stretch: number): Float64Array {
  const count = Math.max(1, Math.floor(power.length / stretch))
  const width = power.length / count
  const medians = Array.from({ length: count }, (_, i) => {
    const part = power.slice(Math.floor(i * width), Math.floor((i + 1) * width))
    return nthSmallest(part, Math.floor(part.length / 2)) / Math.LN2
  })
  return power.map((_, k) => {
    const at = Math.min(count - 1, Math.max(0, (k + 0.5) / width - 0.5))
    const left = Math.floor(at)
    const right = Math.min(count - 1, left + 1)
    return medians[left]! + (at - left) * (medians[right]! - medians[left]!)
  })
}
