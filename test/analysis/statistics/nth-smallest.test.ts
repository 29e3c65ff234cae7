import { describe, expect, it } from 'vitest'
import { nthSmallest } from '../../../src/analysis/statistics/nth-smallest.js'
import { seededNoise } from '../seeded-noise.js'

describe('the n-th smallest value', () => {
  it.each([1, 2, 3, 10, 101])('of %i values stands where sorting puts it', (count) => {
    const values = seededNoise(count, 5)
    const sorted = values.slice().sort()
    for (let n = 0; n < count; n++) expect(nthSmallest(values.slice(), n)).toBe(sorted[n])
  })

  it.each([
    ['equal', Float64Array.of(2, 2, 2, 2, 2), 2],
    ['sorted', Float64Array.of(1, 2, 3, 4, 5), 3],
    ['sorted the other way round', Float64Array.of(5, 4, 3, 2, 1), 3],
  ])('of %s values is found as well', (_, values, median) => {
    expect(nthSmallest(values, 2)).toBe(median)
  })
})
