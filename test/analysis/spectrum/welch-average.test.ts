import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { WelchAverage } from '../../../src/analysis/spectrum/welch-average.js'
import { goldenSample } from '../golden.js'

const OPTIONS = { sampleRateHz: 1000, segmentLength: 128 }

function whole(samples: Float64Array) {
  const average = new WelchAverage(OPTIONS)
  average.push(samples)
  return average.result()
}

describe('a Welch average of a stream', () => {
  it('is the same for any cut into blocks, odd and even numbers of segments', () => {
    const blocks = fc.array(fc.integer({ min: 0, max: 40_000 }), { minLength: 1, maxLength: 5 })
    fc.assert(
      fc.property(blocks, (lengths) => {
        const all = goldenSample(128 + lengths.reduce((sum, n) => sum + n, 0))
        const average = new WelchAverage(OPTIONS)
        let at = 0
        for (const length of [...lengths, 128]) average.push(all.subarray(at, (at += length)))
        expect(average.result()).toEqual(whole(all))
      }),
      { seed: 1, numRuns: 8 },
    )
  })

  it('may be asked in between and goes on', () => {
    const all = goldenSample(5000)
    const average = new WelchAverage(OPTIONS)
    average.push(all.subarray(0, 200))
    expect(average.result()).toEqual(whole(all.subarray(0, 200)))
    average.push(all.subarray(200))
    expect(average.result()).toEqual(whole(all))
  })

  it('takes no segment across a gap', () => {
    const average = new WelchAverage(OPTIONS)
    average.push(goldenSample(127))
    average.interrupt()
    average.push(goldenSample(129))
    expect(average.result().segments).toBe(1)
  })

  it('refuses what is no number, and to answer before there is a segment', () => {
    const average = new WelchAverage(OPTIONS)
    expect(() => average.result()).toThrow('not yet one whole segment')
    expect(() => average.push(new Float64Array(200).fill(Number.NaN))).toThrow('not finite')
  })
})
