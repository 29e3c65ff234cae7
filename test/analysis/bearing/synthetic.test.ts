import { describe, expect, it } from 'vitest'
import { diagnoseBearing } from '../../../src/analysis/bearing/diagnose-bearing.js'
import { BEARING_6205, bearingSignal } from '../../synthetic/bearing-signal.js'
import { syntheticRecord } from '../synthetic-bearing.js'

const machine = { sampleRateHz: 25_600, shaftSpeedRpm: 24.7 * 60, geometry: BEARING_6205 }

describe('a verdict on a bearing whose state is known', () => {
  it.each([
    ['outer-race', -0.02],
    ['outer-race', 0.015],
    ['inner-race', -0.01],
    ['inner-race', 0.02],
    ['ball', -0.015],
  ] as const)('%s with a slip of %f is found where it lies', (fault, slip) => {
    const { verdict, ranking, evidence } = diagnoseBearing({ ...machine, samples: syntheticRecord({ fault, seed: 7, slip }) })
    expect(verdict).toBe(fault)
    expect(ranking).toHaveLength(4)
    expect(Math.abs((ranking[0]?.slip ?? 1) - slip)).toBeLessThan(0.004)
    expect(evidence.length).toBeGreaterThan(2)
  })

  it('no fault is called in thirty records of a healthy machine', () => {
    const verdicts = Array.from(
      { length: 30 },
      (_, seed) =>
        diagnoseBearing({
          ...machine,
          sampleRateHz: 12_800,
          samples: syntheticRecord({ fault: null, seed, durationS: 1.28, sampleRateHz: 12_800 }),
        }).verdict,
    )
    expect(verdicts.filter((verdict) => verdict !== 'healthy' && verdict !== 'uncertain')).toEqual([])
    expect(verdicts.filter((verdict) => verdict === 'healthy').length).toBeGreaterThan(25)
  })

  it.each([0.95, 1.05])('a stated speed wrong by the factor %f is found out', (factor) => {
    const samples = syntheticRecord({ fault: 'inner-race', seed: 3, slip: 0.005 })
    const { verdict, speedPlausible, estimatedSpeedRpm } = diagnoseBearing({
      ...machine,
      shaftSpeedRpm: machine.shaftSpeedRpm * factor,
      samples,
    })
    expect(speedPlausible).toBe(false)
    expect(estimatedSpeedRpm).toBeCloseTo(24.7 * 60, -1)
    expect(verdict).toBe('inner-race')
  })
})

describe('a question that the record cannot answer', () => {
  const samples = syntheticRecord({ fault: 'outer-race', seed: 1, durationS: 2 })

  it.each([
    ['too short', { samples: samples.subarray(0, 12_800) }, /too short.*rotations/],
    ['too slow', { sampleRateHz: 1000 }, /rate is too low/],
    ['constant', { samples: new Float64Array(51_200).fill(3) }, /constant/],
    [
      'without a speed that it shows',
      {
        shaftSpeedRpm: null,
        samples: bearingSignal({ seed: 2, fault: 'outer-race', machine: 'white', sampleRateHz: 25_600, durationS: 2 }).samples,
      },
      /speed is not known/,
    ],
  ])('%s: uncertain, with the reason, and all four faults in the ranking', (_, change, reason) => {
    const { verdict, confidence, ranking, ...rest } = diagnoseBearing({ ...machine, samples, ...change })
    expect(verdict).toBe('uncertain')
    expect(confidence).toBe(0)
    expect(rest.reason).toMatch(reason)
    expect(ranking).toHaveLength(4)
  })
})
