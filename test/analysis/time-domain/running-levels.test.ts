import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { describeWaveform } from '../../../src/analysis/time-domain/describe-waveform.js'
import { RunningLevels } from '../../../src/analysis/time-domain/running-levels.js'

describe('running levels', () => {
  it('merged from any cut are those of the whole', () => {
    const values = fc.array(fc.double({ min: -1e3, max: 1e3, noNaN: true }), { minLength: 4, maxLength: 400 })
    fc.assert(
      fc.property(values, fc.nat(400), (all, cut) => {
        const [left, right] = [new RunningLevels(), new RunningLevels()]
        left.push(Float64Array.from(all.slice(0, cut)))
        right.push(Float64Array.from(all.slice(cut)))
        left.merge(right)
        const whole = describeWaveform(Float64Array.from(all))
        const merged = left.levels()
        fc.pre(whole.rms > 1e-6)
        for (const key of ['mean', 'rms', 'peak', 'peakToPeak', 'skewness', 'kurtosis'] as const) {
          expect(Math.abs((merged[key] ?? 0) - (whole[key] ?? 0))).toBeLessThan(1e-9 * (1 + Math.abs(whole[key] ?? 0)))
        }
      }),
      { seed: 1 },
    )
  })

  it('of whole periods of a sine are those of the textbook, whatever it stands on', () => {
    const sine = Float64Array.from({ length: 100_000 }, (_, k) => 2 * Math.sin((2 * Math.PI * k) / 100) + 1e4)
    const { mean, rms, peak, peakToPeak, crestFactor, skewness, kurtosis } = describeWaveform(sine)
    expect(mean).toBeCloseTo(1e4, 9)
    expect(rms).toBeCloseTo(Math.SQRT2, 9)
    expect(peak).toBeCloseTo(2, 9)
    expect(peakToPeak).toBeCloseTo(4, 9)
    expect(crestFactor).toBeCloseTo(Math.SQRT2, 9)
    expect(skewness).toBeCloseTo(0, 9)
    expect(kurtosis).toBeCloseTo(1.5, 9)
  })

  it('say which sample is no number, counted from the first push', () => {
    const running = new RunningLevels()
    running.push(new Float64Array(5000))
    expect(() => running.push(Float64Array.of(1, 2, Number.NaN, 4))).toThrow('sample 5003 of the waveform is NaN')
  })

  it('refuse values whose powers overflow instead of giving an infinite RMS', () => {
    for (const size of [1e80, 1e300, 8e307]) {
      expect(() => describeWaveform(Float64Array.from({ length: 1000 }, (_, k) => (k % 3) * size * 0.5))).toThrow(/too large/)
    }
  })
})
