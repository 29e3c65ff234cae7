import { describe, expect, it } from 'vitest'
import { spectralKurtosis } from '../../../src/analysis/bearing/spectral-kurtosis.js'
import { addRinging } from '../../synthetic/ringing.js'
import { gaussian, seededRandom } from '../../synthetic/seeded-random.js'

const rate = { sampleRateHz: 10_000 }

function noise(count: number, seed: number): Float64Array {
  const random = seededRandom(seed)
  return Float64Array.from({ length: count }, () => gaussian(random))
}

describe('spectral kurtosis', () => {
  it('of Gaussian noise is 0 on average, with at most a few bins over its threshold', () => {
    let sum = 0
    let over = 0
    let bins = 0
    for (let seed = 0; seed < 40; seed++) {
      const { kurtosis, threshold } = spectralKurtosis(noise(40_000, seed), { ...rate, segmentLength: 512 })
      for (const value of kurtosis) {
        sum += value
        bins++
        if (value > threshold) over++
      }
    }
    expect(Math.abs(sum / bins)).toBeLessThan(0.01)
    expect(over / bins).toBeLessThan(2e-4)
  })

  it('of a steady tone is −1', () => {
    const tone = noise(40_000, 1).map((value, k) => value * 1e-3 + Math.sin(2 * Math.PI * 0.125 * k))
    const { kurtosis, frequencyStepHz } = spectralKurtosis(tone, { ...rate, segmentLength: 256 })
    expect(kurtosis[Math.round(1250 / frequencyStepHz)]).toBeCloseTo(-1, 3)
  })

  it('is highest where impacts ring', () => {
    const samples = noise(60_000, 2)
    for (let at = 0.05; at < 6; at += 0.041) addRinging(samples, { at, amplitude: 5, resonanceHz: 3000, decayS: 0.0008, ...rate })
    const { kurtosis, threshold, frequencyStepHz } = spectralKurtosis(samples, { ...rate, segmentLength: 128 })
    const peak = kurtosis.indexOf(Math.max(...kurtosis))
    expect(Math.abs(peak * frequencyStepHz - 3000)).toBeLessThan(400)
    expect(kurtosis[peak]).toBeGreaterThan(threshold)
  })

  it('of a record of fewer than 16 segments is refused', () => {
    expect(() => spectralKurtosis(noise(1000, 3), { ...rate, segmentLength: 512 })).toThrow('at least 16 are needed')
  })
})
