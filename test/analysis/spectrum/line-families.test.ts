import { describe, expect, it } from 'vitest'
import { lineFamilies } from '../../../src/analysis/spectrum/line-families.js'
import { powerLines } from '../../../src/analysis/spectrum/power-lines.js'
import { spectralLines } from '../../../src/analysis/spectrum/spectral-line.js'
import { seededNoise } from '../seeded-noise.js'

const RATE = 8000

function familiesOf(samples: Float64Array) {
  const { power, frequencyStepHz } = powerLines(samples, RATE)
  return lineFamilies(spectralLines(power, { frequencyStepHz }), { toleranceHz: frequencyStepHz / 2 })
}

function tones(noise: Float64Array, list: readonly (readonly [hz: number, amplitude: number])[]): Float64Array {
  return noise.map((x, k) => list.reduce((sum, [hz, amplitude]) => sum + amplitude * Math.sin((2 * Math.PI * hz * k) / RATE + hz), x))
}

describe('lines and families of lines', () => {
  it('a sine between two bins is read within 1e-3 bins and 0.1 % of its amplitude', () => {
    const { power, frequencyStepHz } = powerLines(tones(new Float64Array(RATE), [[1000.37, 2]]), RATE)
    const strongest = [...spectralLines(power, { frequencyStepHz })].sort((a, b) => b.amplitude - a.amplitude)[0]
    expect(Math.abs((strongest?.frequencyHz ?? 0) - 1000.37)).toBeLessThan(1e-3)
    expect(Math.abs((strongest?.amplitude ?? 0) / 2 - 1)).toBeLessThan(1e-3)
  })

  it('white noise shows about one line in a hundred records, and no family in any', () => {
    let lines = 0
    let families = 0
    for (let seed = 1; seed <= 60; seed++) {
      const { power, frequencyStepHz } = powerLines(seededNoise(seed, 8000), RATE)
      const found = spectralLines(power, { frequencyStepHz })
      lines += found.length
      families += lineFamilies(found, { toleranceHz: frequencyStepHz / 2 }).length
    }
    expect(lines).toBeLessThanOrEqual(4)
    expect(families).toBe(0)
  })

  it('names the harmonics of a shaft and the sidebands of a gear mesh, orders and all', () => {
    const signal = tones(seededNoise(4, 4 * RATE), [
      ...[1, 2, 3, 5].map((n) => [29.31 * n, 1 / n] as const),
      [2111.1, 1],
      ...[-2, -1, 1, 2].map((n) => [2111.1 + 12.7 * n, 0.3] as const),
    ])
    const families = familiesOf(signal)
    const harmonics = families.find(({ kind }) => kind === 'harmonics')
    const sidebands = families.find(({ kind }) => kind === 'sidebands')
    expect(families).toHaveLength(2)
    expect(harmonics?.orders).toEqual([1, 2, 3, 5])
    expect(harmonics?.kind === 'harmonics' ? harmonics.fundamentalHz : 0).toBeCloseTo(29.31, 1)
    expect(sidebands?.orders).toEqual([-2, -1, 1, 2])
    expect(sidebands?.kind === 'sidebands' ? sidebands.sidebandSpacingHz : 0).toBeCloseTo(12.7, 1)
  })
})
