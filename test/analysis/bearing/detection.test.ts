import { describe, expect, it } from 'vitest'
import { diagnoseBearing } from '../../../src/analysis/bearing/diagnose-bearing.js'
import { faultPattern } from '../../../src/analysis/bearing/fault-pattern.js'
import { mainsBehind } from '../../../src/analysis/bearing/mains-lines.js'
import { bearingFrequencies } from '../../../src/analysis/vibration/bearing-frequencies.js'
import { BEARING_6205, bearingSignal } from '../../synthetic/bearing-signal.js'
import { HEALTHY_MACHINES } from '../../synthetic/healthy-machine.js'

/** As CWRU publishes it. */
const BPFO_OF_6205 = 3.5848
const FAULTS = ['outer-race', 'inner-race', 'ball'] as const

/** The whole curves are in the bench; here a few points, with room for what chance does. */
describe('of bearings in machines of all kinds', () => {
  it.each(FAULTS)('%s is told 10 dB under the noise, with a slip of up to 3 percent', (fault) => {
    const verdicts = [-0.03, 0, 0.015, 0.03].map(
      (slip, k) => diagnoseBearing(bearingSignal({ seed: 300 + k, fault, slip, signalToNoiseDb: -10, shaftHz: 18 + 3.7 * k })).verdict,
    )
    expect(verdicts.filter((verdict) => verdict === fault).length).toBeGreaterThanOrEqual(3)
  })

  it.each([0.95, 0.97, 1.03, 1.05])(
    'a nameplate wrong by the factor %f that nothing in the record confirms is searched around',
    (factor) => {
      const signal = bearingSignal({ seed: 11, fault: 'inner-race', machine: 'coloured', signalToNoiseDb: -6, shaftHz: 23.3 })
      const { verdict, speedPlausible, estimatedSpeedRpm, reason } = diagnoseBearing({
        ...signal,
        shaftSpeedRpm: signal.shaftSpeedRpm * factor,
      })
      expect(verdict).toBe('inner-race')
      if (Math.abs(factor - 1) > 0.04) {
        expect(speedPlausible).toBe(false)
        expect(Math.abs((estimatedSpeedRpm ?? 0) / signal.shaftSpeedRpm - 1)).toBeLessThan(0.02)
        expect(reason).toMatch(/further off|cannot be right/)
      }
    },
  )

  it('a speed that nobody stated is read from the shaft’s own lines, and the verdict says so', () => {
    const signal = bearingSignal({
      seed: 5,
      fault: 'outer-race',
      machine: 'shaft-harmonics',
      signalToNoiseDb: -8,
      shaftHz: 23.3,
      durationS: 6,
    })
    const { verdict, confidence, estimatedSpeedRpm, speedPlausible, reason } = diagnoseBearing({ ...signal, shaftSpeedRpm: null })
    expect(estimatedSpeedRpm).toBeCloseTo(23.3 * 60, -1)
    expect(speedPlausible).toBeNull()
    expect(verdict).toBe('outer-race')
    expect(confidence).toBeLessThan(0.7)
    expect(reason).toContain('no speed was stated')
  })

  it('a cage’s train in the envelope is not taken for a shaft at another speed', () => {
    const diagnoses = [0, 1, 2].map((k) =>
      diagnoseBearing(
        bearingSignal({ seed: 910 + k, fault: 'cage', slip: [-0.03, 0.01, 0.028][k] ?? 0, signalToNoiseDb: -8, shaftHz: 18 + 6.1 * k }),
      ),
    )
    expect(diagnoses.map(({ verdict }) => verdict)).toEqual(['cage', 'cage', 'cage'])
    expect(diagnoses.map(({ speedPlausible }) => speedPlausible)).toEqual([true, true, true])
  })

  it('where no speed is stated and none shows, the answer is that it cannot tell', () => {
    const signal = bearingSignal({ seed: 2, fault: 'outer-race', machine: 'white' })
    const { verdict, reason, ranking } = diagnoseBearing({ ...signal, shaftSpeedRpm: null })
    expect([verdict, ranking.length]).toEqual(['uncertain', 4])
    expect(reason).toMatch(/^cannot tell, because/)
  })

  it.each(HEALTHY_MACHINES)('a healthy machine with %s is not called faulty', (machine) => {
    const alarms = [0, 1].filter((k) => {
      const { verdict } = diagnoseBearing(bearingSignal({ seed: 600 + k, fault: null, machine, durationS: 2, shaftHz: 14 + 9.1 * k }))
      return verdict !== 'healthy' && verdict !== 'uncertain'
    })
    expect(alarms).toEqual([])
  })

  it('impacts in step with the mains at a bearing’s rate are no defect', () => {
    const signal = bearingSignal({
      seed: 8,
      fault: 'outer-race',
      machine: 'white',
      jitter: 0,
      signalToNoiseDb: -6,
      shaftHz: 100 / BPFO_OF_6205,
    })
    expect(['healthy', 'uncertain']).toContain(diagnoseBearing(signal).verdict)
  })

  it('lines found at a multiple of the mains frequency, and only there, are the mains’', () => {
    const pattern = faultPattern('outer-race', bearingFrequencies(BEARING_6205, 28), 28)
    const foundAt = (hz: number) => {
      const comb = { score: 5, slip: hz / pattern.centreHz - 1, spread: 0.25, trials: 100 }
      return mainsBehind({ pattern, comb, share: 0.5, log10Chance: -9 }, 0.1)
    }
    expect([100, 99.95, 120, 99.7, 101.3].map(foundAt)).toEqual([50, 50, 60, null, null])
  })
})
