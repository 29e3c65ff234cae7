import { existsSync, readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { cellsOf, fastKurtogram } from '../../../src/analysis/bearing/kurtogram.js'
import { MEASURED } from '../measured-records.js'

const folder = `${MEASURED}kurtogram/`

describe.skipIf(!existsSync(folder))('the kurtogram of its author’s own signal', () => {
  const doubles = (name: string) => new Float64Array(new Uint8Array(readFileSync(folder + name)).buffer)

  it('has its maximum in the same cell, and every cell within 0.003 of the author’s program', () => {
    const { levels: found, max } = fastKurtogram(doubles('voie1.f64'), { sampleRateHz: 1, levels: 8 })
    expect(max).toMatchObject({ level: 6, centreHz: 0.01953125, widthHz: 0.0078125 })
    expect(Math.abs(max.kurtosis - 4.523)).toBeLessThan(0.003)
    const grid = doubles('voie1_matlab_grid_16x768.f64')
    const levels = [0, 1, Math.log2(3), 2, ...[1, 2, 3, 4, 5, 6].flatMap((k) => [k + Math.log2(3), k + 2])]
    const cells = found.flatMap(cellsOf)
    const errors = cells.map(({ level, centreHz, kurtosis }) => {
      const row = levels.findIndex((known) => Math.abs(known - level) < 1e-9)
      return Math.abs((grid[row * 768 + Math.floor(centreHz * 2 * 768)] ?? Number.NaN) - kurtosis)
    })
    expect(Math.max(...errors)).toBeLessThan(0.003)
    expect(cells.length).toBe(2 ** 9 - 1 + 3 * (2 ** 7 - 1))
  })
})

describe('a kurtogram', () => {
  it('finds the band where a carrier is switched on and off', () => {
    const samples = Float64Array.from(
      { length: 2 ** 15 },
      (_, k) => Math.sin(k * 12.9898 + Math.sin(k * 78.233) * 43758.5453) * 0.05 + (k % 1000 < 20 ? Math.sin(2 * Math.PI * 0.3 * k) : 0),
    )
    const { max } = fastKurtogram(samples, { sampleRateHz: 1000, levels: 4 })
    expect(Math.abs(max.centreHz - 300)).toBeLessThan(max.widthHz)
    expect(max.kurtosis).toBeGreaterThan(5)
  })
})
