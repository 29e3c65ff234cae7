import { describe, expect, it } from 'vitest'
import { localFloor } from '../../../src/analysis/spectrum/local-floor.js'
import { overNoiseFloor } from '../../../src/analysis/spectrum/over-noise-floor.js'
import { seededRandom } from '../../synthetic/seeded-random.js'

/** Power of noise: exponentially distributed about a slope from 1 to 3. */
function noisePower(seed: number): Float64Array {
  const random = seededRandom(seed)
  return Float64Array.from({ length: 4000 }, (_, k) => -Math.log(1 - random()) * levelAt(k))
}

const levelAt = (k: number) => 1 + (2 * k) / 4000

describe('the floor of noise around every line', () => {
  it('follows the mean power, edges included, whether or not lines stand in it', () => {
    let [sum, withLines, bins] = [0, 0, 0]
    for (let seed = 0; seed < 20; seed++) {
      const power = noisePower(seed)
      const lined = power.map((value, k) => (k % 40 === 7 ? 1e4 : value))
      const [floor, under] = [localFloor(power, 50), localFloor(lined, 50)]
      for (let k = 1; k < power.length; k++) {
        sum += (floor[k] ?? 0) / levelAt(k)
        withLines += (under[k] ?? 0) / levelAt(k)
        bins++
      }
    }
    expect(Math.abs(sum / bins - 1)).toBeLessThan(0.03)
    // One bin in forty moves the median of an exponential variable by 1/40 of ln 2 at most twice over.
    expect(Math.abs(withLines / bins - 1)).toBeLessThan(0.07)
  })

  it('leaves ratios that pass r as often as e^(−r), a little more often as a median of 101 bins scatters', () => {
    // Relative variance of the median of n exponential variables is 1/(n·ln²2); e^(−r·floor) is then larger in the mean by e^(r²·variance/2).
    const variance = 1 / (101 * Math.LN2 ** 2)
    for (const r of [1, 3, 5]) {
      let count = 0
      for (let seed = 100; seed < 140; seed++) count += overNoiseFloor(noisePower(seed), 50).filter((ratio) => ratio > r).length
      const share = count / (40 * 4000) / Math.exp(-r)
      expect(share).toBeGreaterThan(0.9)
      expect(share).toBeLessThan(Math.exp((r * r * variance) / 2) + 0.05)
    }
  })

  it('is nothing where nothing is', () => {
    expect([...overNoiseFloor(new Float64Array(200), 16)].every((ratio) => ratio === 0)).toBe(true)
  })
})
