import { describe, expect, it } from 'vitest'
import { findMachineFaults } from '../../../src/analysis/rotating/find-machine-faults.js'
import { gaussian, seededRandom } from '../../synthetic/seeded-random.js'

const SHAFT_HZ = 1482 / 60
const SAMPLE_RATE_HZ = 25_600

/** One wheel of 23 teeth whose mesh, of the given lines, swells and fades once a turn. */
function judged(options: { readonly depth: number; readonly seed: number; readonly mesh?: readonly number[]; readonly only?: 'upper' }) {
  const { depth, seed, mesh = [20], only } = options
  const random = seededRandom(seed)
  const samples = Float64Array.from({ length: 10 * SAMPLE_RATE_HZ }, (_, k) => {
    const turn = (2 * Math.PI * SHAFT_HZ * k) / SAMPLE_RATE_HZ
    const sung = mesh.reduce((sum, level, h) => {
      const centre = 23 * (h + 1) * turn
      const sides = only === 'upper' ? (depth / 2) * Math.sin(centre + turn) : depth * Math.cos(turn) * Math.sin(centre)
      return sum + level * (Math.sin(centre) + sides)
    }, 0)
    return sung + 0.8 * Math.sin(turn) + 0.4 * Math.sin(2 * turn + 1) + 0.3 * Math.sin(3 * turn + 2) + gaussian(random)
  })
  const report = findMachineFaults({
    samples,
    sampleRateHz: SAMPLE_RATE_HZ,
    shaftSpeedRpm: 1482,
    unit: 'm/s²',
    machine: { gears: [{ teeth: 23 }], lineFrequencyHz: 50 },
  })
  return report.findings.find(({ code }) => code === 'gear-mesh')
}

describe('a gear whose mesh swells once a turn', () => {
  it.each([0.5, 0.75, 1.25, 1.5])('is found by the pair of sidebands that sinusoidal modulation makes, depth %f', (depth) => {
    for (let seed = 1; seed <= 2; seed++) {
      const found = judged({ depth, seed })
      // The pair's RMS over that of the mesh is depth/√2.
      expect(found?.evidence).toContain(`together ${((100 * depth) / Math.SQRT2).toFixed(0)} %`)
      expect(found?.severity).toBe(depth / Math.SQRT2 > 0.7 ? 'warning' : 'note')
    }
  })

  it('is found where the second mesh harmonic is the stronger', () => {
    expect(judged({ depth: 0.8, seed: 3, mesh: [4, 20, 8] })?.evidence).toMatch(/1×, 2×, 3× mesh .* together 5[67] %/u)
  })

  it('is not called where it swells as little as in an even gear', () => {
    for (const depth of [0.1, 0.2, 0.3]) expect(judged({ depth, seed: 4 })).toBeUndefined()
  })

  it('is not called for one neighbour of the mesh alone', () => {
    expect(judged({ depth: 1.5, seed: 5, only: 'upper' })).toBeUndefined()
  })
})
