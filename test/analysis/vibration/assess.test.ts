import { describe, expect, it } from 'vitest'
import { assessVibration } from '../../../src/analysis/vibration/assess.js'
import type { VibrationInput } from '../../../src/analysis/vibration/assessment.js'
import { BEARING_6205 } from '../../synthetic/bearing-signal.js'
import { syntheticRecord } from '../synthetic-bearing.js'

const input: VibrationInput = {
  file: 'pump.wav',
  channel: 'ch1',
  samples: syntheticRecord({ fault: 'outer-race', seed: 5 }),
  sampleRateHz: 25_600,
  unit: 'm/s²',
  shaftSpeedRpm: 24.7 * 60,
  bearing: BEARING_6205,
  machine: { ratedPowerKw: 55, support: 'rigid' },
}

describe('an assessment', () => {
  it('of a record of which everything is known answers everything', () => {
    const { overall, severity, bearing, findings, notJudged, warnings, ...rest } = assessVibration(input)
    expect(rest).toEqual({
      schema: 'chatterfix/vibration/1',
      file: 'pump.wav',
      channel: 'ch1',
      sampleRateHz: 25_600,
      durationS: 4,
      shaftSpeedRpm: 24.7 * 60,
    })
    expect(notJudged.map(({ rule }) => rule)).toContain('gear-mesh')
    expect(Object.values(overall).every((value) => typeof value === 'number')).toBe(true)
    expect(severity).toMatchObject({ standard: 'ISO 20816-3', group: 2, support: 'rigid' })
    expect(bearing?.verdict).toBe('outer-race')
    expect(findings.map(({ code }) => code)).toContain('bearing-outer-race')
    // The impacts alone were made, no shaft.
    expect(warnings).toEqual([expect.stringContaining('cannot be followed through the record')])
  })

  it('of a stuck channel has no verdict, no zone and no finding, whatever rounding leaves of its mean', () => {
    for (const value of [0, 0.3, 1 / 3, 1e6 + 0.1]) {
      const { overall, severity, bearing, findings, warnings } = assessVibration({
        ...input,
        samples: new Float64Array(102_400).fill(value),
      })
      expect(overall).toEqual({ accelerationRmsMPerS2: 0, velocityRmsMmPerS: null, crestFactor: null, kurtosis: null })
      expect(severity).toBeNull()
      expect(bearing).toMatchObject({ verdict: 'uncertain', reason: 'the signal is constant' })
      expect(findings).toEqual([])
      expect(warnings).toContain('no velocity RMS 10–1000 Hz: the signal is constant')
    }
  })

  it('of values too large to be squared is refused', () => {
    const samples = Float64Array.from(input.samples, (x) => x * 1e300)
    expect(() => assessVibration({ ...input, samples })).toThrow(/too large/)
  })

  it('never assumes a unit: absolute levels and zone are null, and the flag to give is named', () => {
    const { overall, severity, warnings } = assessVibration({ ...input, unit: null })
    expect(overall).toMatchObject({ accelerationRmsMPerS2: null, velocityRmsMmPerS: null })
    expect(overall.kurtosis).toBeGreaterThan(2)
    expect(severity).toBeNull()
    expect(warnings.join('\n')).toContain('--unit g')
  })

  it('never assumes power or support', () => {
    const { severity, warnings } = assessVibration({ ...input, machine: { ratedPowerKw: 55 } })
    expect(severity).toBeNull()
    expect(warnings[0]).toBe('no ISO 20816-3 zone: support (--support rigid|flexible) not stated')
  })

  it('has no bearing part where no geometry is known, and says how to give one', () => {
    const { bearing, warnings } = assessVibration({ ...input, bearing: null })
    expect(bearing).toBeNull()
    expect(warnings.join('\n')).toContain("--bearing 'n=9")
  })

  it('knows that g is 9.80665 m/s²', () => {
    const inG = assessVibration({ ...input, unit: 'g', bearing: null }).overall.accelerationRmsMPerS2 ?? 0
    const inSi = assessVibration({ ...input, bearing: null }).overall.accelerationRmsMPerS2 ?? 1
    expect(inG / inSi).toBeCloseTo(9.80665, 9)
  })

  it('a sample rate of 0 is refused', () => {
    expect(() => assessVibration({ ...input, sampleRateHz: 0 })).toThrow('sample rate')
  })
})
