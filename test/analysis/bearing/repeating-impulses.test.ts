import { describe, expect, it } from 'vitest'
import { repeatingImpulses } from '../../../src/analysis/bearing/repeating-impulses.js'
import { assessVibration } from '../../../src/analysis/vibration/assess.js'
import type { VibrationInput } from '../../../src/analysis/vibration/assessment.js'
import { bearingFrequencies } from '../../../src/analysis/vibration/bearing-frequencies.js'
import { BEARING_6205, bearingSignal } from '../../synthetic/bearing-signal.js'
import { HEALTHY_MACHINES } from '../../synthetic/healthy-machine.js'
import { makeMachineCase } from '../../synthetic/machine-cases.js'
import { hasMeasured, measuredRecords } from '../measured-records.js'

/** Seeds that nothing was chosen by. Of 990 healthy records with yet other seeds (9,100,000 on) one was found, of noise that swells with the shaft. */
const SEED = 8_300_000

describe('impulses that return', () => {
  it('are found at their rate without speed and bearing', () => {
    const signal = bearingSignal({ seed: SEED, fault: 'outer-race', machine: 'coloured', signalToNoiseDb: 5, slip: 0.01 })
    const found = repeatingImpulses(signal.samples, signal)
    const { bpfo } = bearingFrequencies(signal.geometry, signal.shaftSpeedRpm / 60)
    expect(Math.abs((found?.rateHz ?? 0) / (1.01 * bpfo) - 1)).toBeLessThan(0.003)
    expect(found?.harmonics.length).toBeGreaterThanOrEqual(4)
    expect(found?.mainsHz).toBeNull()
  })

  it('are found in none of forty healthy machines, gears, blades, random knocks and converters among them', {
    timeout: 120_000,
  }, () => {
    const machines = HEALTHY_MACHINES.flatMap((machine, index) =>
      Array.from({ length: 4 }, (_, k) =>
        bearingSignal({ seed: SEED + 1000 * index + k, fault: null, machine, durationS: 2, shaftHz: 12 + ((k * 7.3) % 40) }),
      ),
    )
    const pumps = Array.from({ length: 4 }, (_, k) => makeMachineCase(null, { seed: SEED + k, durationS: 5 }))
    const found = [...machines, ...pumps].filter((signal) => {
      const impulses = repeatingImpulses(signal.samples, signal)
      return impulses !== null && impulses.mainsHz === null
    })
    expect(found.length).toBe(0)
  })

  it('in step with the mains say so', () => {
    const samples = bearingSignal({ seed: SEED, fault: null, machine: 'white' }).samples.map(
      (noise, k) => noise / 5 + (k % 120 < 6 ? 5 * Math.sin(1.9 * k) : 0),
    )
    expect(repeatingImpulses(samples, { sampleRateHz: 12_000 })?.mainsHz).toBe(50)
  })

  it('are no matter of short, silent or steady records', () => {
    expect(repeatingImpulses(new Float64Array(100), { sampleRateHz: 1000 })).toBeNull()
    const tone = Float64Array.from({ length: 24_000 }, (_, k) => Math.sin(0.3 * k))
    expect(repeatingImpulses(tone, { sampleRateHz: 12_000 })).toBeNull()
    expect(repeatingImpulses(new Float64Array(24_000), { sampleRateHz: 12_000 })).toBeNull()
  })

  it.skipIf(!hasMeasured)('are not found on a measured machine in good order', () => {
    for (const record of measuredRecords()) if (record.label === 'healthy') expect(repeatingImpulses(record.samples, record)).toBeNull()
  })
})

describe('an assessment without speed and bearing', () => {
  const asked = (overrides: Partial<VibrationInput>): VibrationInput => ({
    ...bearingSignal({ seed: SEED, fault: 'outer-race', machine: 'coloured', signalToNoiseDb: 5 }),
    file: 'run-1',
    channel: 'a',
    unit: 'm/s²',
    shaftSpeedRpm: null,
    bearing: null,
    machine: null,
    ...overrides,
  })

  it('of impulses that return names their rate and what it takes to name them', () => {
    const { findings } = assessVibration(asked({}))
    expect(findings.map(({ code, severity }) => [code, severity])).toEqual([['repeating-impacts', 'warning']])
    expect(findings[0]?.evidence).toMatch(/repeating at 8[78]\.\d Hz \(5 harmonics, .* cannot be named without shaft speed and bearing/)
    expect(findings[0]?.wouldTell).toMatch(/--speed.*speed_sensor.*--bearing/)
  })

  it('leaves the word to the bearing where that is called', () => {
    const codes = assessVibration(asked({ shaftSpeedRpm: 24.7 * 60, bearing: BEARING_6205 })).findings.map(({ code }) => code)
    expect(codes).toContain('bearing-outer-race')
    expect(codes).not.toContain('repeating-impacts')
  })
})
