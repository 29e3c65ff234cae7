import { describe, expect, it } from 'vitest'
import { fastKurtogram } from '../../../src/analysis/bearing/kurtogram.js'

describe('a kurtogram', () => {
  it.each([
    ['all zero', 0, 'constant'],
    ['a constant that binary fractions only approach', 0.1, 'constant'],
    ['no number', Number.NaN, 'not-finite'],
    ['infinite', Number.POSITIVE_INFINITY, 'not-finite'],
  ])('of a signal that is %s is refused rather than 0', (_, value, reason) => {
    const samples = new Float64Array(100_000).fill(value)
    expect(() => fastKurtogram(samples, { sampleRateHz: 1000, levels: 3 })).toThrow(expect.objectContaining({ reason }) as Error)
  })

  it('of two values in turns is answered: a coarse converter is no stuck one', () => {
    const samples = Float64Array.from({ length: 4096 }, (_, k) => (k % 7 === 0 ? 1 : 0))
    expect(fastKurtogram(samples, { sampleRateHz: 1000, levels: 3 }).max.kurtosis).toBeGreaterThan(0)
  })
})
