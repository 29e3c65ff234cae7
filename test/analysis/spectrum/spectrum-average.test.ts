import { describe, expect, it } from 'vitest'
import { SegmentDensities } from '../../../src/analysis/spectrum/segment-densities.js'
import { SpectrumAverage } from '../../../src/analysis/spectrum/spectrum-average.js'
import { welchDensity } from '../../../src/analysis/spectrum/welch.js'
import { goldenSample, relativeError } from '../golden.js'

const OPTIONS = { sampleRateHz: 1000, segmentLength: 256 }

function averaged(average: SpectrumAverage): Float64Array {
  const densities = new SegmentDensities(OPTIONS)
  densities.push(goldenSample(5000), (density) => average.add(density))
  return average.result().density
}

describe('an average of spectra', () => {
  it('that is linear is Welch’s', () => {
    const ours = averaged(new SpectrumAverage({ kind: 'linear' }))
    expect(relativeError([...ours], [...welchDensity(goldenSample(5000), OPTIONS).density])).toBeLessThan(1e-12)
  })

  it('that is exponential forgets, one that holds peaks does not', () => {
    const one = new SpectrumAverage({ kind: 'exponential', newest: 0.25 })
    const peaks = new SpectrumAverage({ kind: 'peak-hold' })
    for (const value of [8, 0, 4]) {
      one.add(Float64Array.of(value))
      peaks.add(Float64Array.of(value))
    }
    expect(one.result().density[0]).toBe((8 * 0.75 + 0) * 0.75 + 4 * 0.25)
    expect(peaks.result()).toEqual({ density: Float64Array.of(8), count: 3 })
  })

  it('refuses a weight that is none, and to answer before the first', () => {
    expect(() => new SpectrumAverage({ kind: 'exponential', newest: 0 })).toThrow('cannot weigh')
    expect(() => new SpectrumAverage({ kind: 'linear' }).result()).toThrow('no spectrum')
  })
})
