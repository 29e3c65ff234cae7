import { describe, expect, it } from 'vitest'
import { checkShaftSpeed } from '../../../src/analysis/bearing/shaft-speed.js'
import { realSpectrum } from '../../../src/analysis/spectrum/real-spectrum.js'
import { gaussian, seededRandom } from '../../synthetic/seeded-random.js'

const RATE_HZ = 6000
const SHAFT_HZ = 29.3

/** Ten seconds of a shaft's first five orders in white noise. */
function record(amplitudes: readonly number[]): Float64Array {
  const random = seededRandom(11)
  return Float64Array.from({ length: 10 * RATE_HZ }, (_, n) => {
    return amplitudes.reduce((sum, a, k) => sum + a * Math.sin((2 * Math.PI * (k + 1) * SHAFT_HZ * n) / RATE_HZ + k), gaussian(random))
  })
}

const check = (samples: Float64Array, givenHz: number) =>
  checkShaftSpeed(realSpectrum(samples), { sampleRateHz: RATE_HZ, givenHz, cageHz: 0.4 * givenHz })

describe('the shaft speed that a record shows', () => {
  const shaft = record([0.5, 0.4, 0.3, 0.2, 0.2])

  it('is the stated one where its orders stand there', () => {
    const { estimatedHz, isPlausible } = check(shaft, 29)
    expect(isPlausible).toBe(true)
    expect(estimatedHz).toBeCloseTo(SHAFT_HZ, 1)
  })

  it('is twice the stated one where only even orders of that stand', () => {
    const { estimatedHz, isPlausible } = check(shaft, SHAFT_HZ / 2)
    expect(isPlausible).toBe(false)
    expect(estimatedHz).toBeCloseTo(SHAFT_HZ, 1)
  })

  it('stays the stated one where the second order is much the strongest, as misalignment makes it', () => {
    const { estimatedHz, isPlausible } = check(record([0.15, 1, 0.1, 0.5, 0.05]), SHAFT_HZ)
    expect(isPlausible).toBe(true)
    expect(estimatedHz).toBeCloseTo(SHAFT_HZ, 1)
  })
})
