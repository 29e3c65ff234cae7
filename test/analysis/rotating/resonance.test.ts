import { describe, expect, it } from 'vitest'
import { findMachineFaults } from '../../../src/analysis/rotating/find-machine-faults.js'
import { type MadeSignal, makeMachineSignal } from '../../synthetic/machine-signal.js'
import { gaussian, seededRandom } from '../../synthetic/seeded-random.js'
import { throughMode } from '../../synthetic/structural-mode.js'

const SHAFT_HZ = 24.35
const ORDERS = [1, 2, 3].map((order) => ({ order, velocityMmPerS: 1.5 / order }))

/** As a structure with a mode passes it on, or one without; the sensor's own noise on top. */
function measured(made: MadeSignal, mode: { readonly frequencyHz: number; readonly quality: number } | null, seed: number): Float64Array {
  const { sampleRateHz } = made
  const random = seededRandom(seed)
  return (mode === null ? made.samples : throughMode(made.samples, { ...mode, sampleRateHz })).map(
    (value) => value + 0.02 * gaussian(random),
  )
}

function resonanceIn(made: MadeSignal, samples: Float64Array, speed: 'tacho' | 'steady') {
  return findMachineFaults({
    samples,
    sampleRateHz: made.sampleRateHz,
    shaftSpeedRpm: 10 * Math.round(made.shaftSpeedRpm / 10),
    tacho: speed === 'tacho' ? { samples: made.tacho, sampleRateHz: made.sampleRateHz, pulsesPerRevolution: 1 } : null,
    unit: 'm/s²',
    direction: 'radial-horizontal',
    machine: {},
  }).findings.find(({ code }) => code === 'resonance')
}

describe('a resonance at a steady speed', () => {
  const steady = (seed: number) =>
    makeMachineSignal({ seed, components: ORDERS, shaftHz: SHAFT_HZ, noiseMPerS2: 1, sampleRateHz: 3200, durationS: 10, wander: 1e-4 })

  it.each([
    [1.98, 10],
    [2.05, 15],
    [2.1, 25],
  ])('at %f times the speed with a Q of %d is found at the second order', (order, quality) => {
    for (let seed = 8100; seed < 8103; seed++) {
      const made = steady(seed)
      const found = resonanceIn(made, measured(made, { frequencyHz: order * SHAFT_HZ, quality }, seed), 'steady')
      expect(found?.evidence).toContain('resonance near 2×')
      expect(found?.wouldTell).toContain('run-up')
    }
  })

  it.each([
    ['without any mode', null],
    ['with a mode between the orders', { frequencyHz: 2.55 * SHAFT_HZ, quality: 20 }],
    ['with a mode far above', { frequencyHz: 12.4 * SHAFT_HZ, quality: 20 }],
    ['with a damped mode', { frequencyHz: 2 * SHAFT_HZ, quality: 1 }],
  ])('is not found in a structure %s', (_, mode) => {
    for (let seed = 8200; seed < 8203; seed++) {
      const made = steady(seed)
      expect(resonanceIn(made, measured(made, mode, seed), 'steady')?.evidence).toBeUndefined()
    }
  })
})

describe('a resonance in a run-up', () => {
  const runUp = (seed: number) =>
    makeMachineSignal({ seed, components: ORDERS, shaftHz: 15, runUpToHz: 40, noiseMPerS2: 0.1, sampleRateHz: 3200, durationS: 20 })

  it.each([
    [24, 8],
    [29, 12],
  ])('at %d Hz with a Q of %d is named by its speed, and its phase turns', (frequencyHz, quality) => {
    const made = runUp(8300)
    const found = resonanceIn(made, measured(made, { frequencyHz, quality }, 8300), 'tacho')
    expect(found?.evidence).toMatch(/phase turns by 1[0-9]{2}°/)
    const [, peakRpm] = /peaks at (\d+) rpm/.exec(found?.evidence ?? '') ?? []
    expect(Math.abs(Number(peakRpm) / 60 / frequencyHz - 1)).toBeLessThan(0.04)
  })

  it('is not found where no mode lies in the range, nor where an order grows as the square of the speed', () => {
    for (let seed = 8400; seed < 8402; seed++) {
      const made = runUp(seed)
      expect(resonanceIn(made, measured(made, null, seed), 'tacho')?.evidence).toBeUndefined()
      const growing = made.samples.map((value, k) => value * ((15 + (25 * k) / made.samples.length) / 40) ** 2)
      expect(resonanceIn(made, growing, 'tacho')?.evidence).toBeUndefined()
    }
  })

  it('is not found where an order swells without turning its phase, as a load does', () => {
    const made = runUp(8500)
    const swelling = made.samples.map((value, k) => value * (1 + 5 * Math.exp(-(((k / made.samples.length - 0.5) / 0.08) ** 2))))
    expect(resonanceIn(made, swelling, 'tacho')?.evidence).toBeUndefined()
  })
})
