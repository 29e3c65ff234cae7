import { describe, expect, it } from 'vitest'
import { orderMap } from '../../../src/analysis/orders/order-map.js'
import { amplitudeAt, orderSpectrum } from '../../../src/analysis/orders/order-spectrum.js'
import { phaseOfPulses } from '../../../src/analysis/orders/phase-of-pulses.js'
import { resampleByAngle } from '../../../src/analysis/orders/resample-by-angle.js'
import type { ShaftPhase } from '../../../src/analysis/orders/shaft-phase.js'
import { steadyPhase } from '../../../src/analysis/orders/shaft-phase.js'
import { tachoPulses } from '../../../src/analysis/orders/tacho-pulses.js'
import { trackShaftSpeed } from '../../../src/analysis/orders/track-shaft-speed.js'
import { gaussian, seededRandom } from '../../synthetic/seeded-random.js'
import { AMPLITUDES, ORDERS, RUN_UP_RATE_HZ, runUp } from './run-up.js'

const sampleRateHz = RUN_UP_RATE_HZ

function relativeErrors(samples: Float64Array, phase: ShaftPhase): number[] {
  const spectrum = orderSpectrum(resampleByAngle(samples, { sampleRateHz, phase }))
  return ORDERS.map((order, k) => Math.abs((amplitudeAt(spectrum, order) ?? 0) / (AMPLITUDES[k] ?? 1) - 1))
}

describe('order tracking of a run-up', () => {
  it('gives the amplitudes of its orders within 0.1 % by exact pulses and 0.5 % by a sampled tacho', () => {
    const { samples, tacho, pulseS } = runUp()
    expect(Math.max(...relativeErrors(samples, phaseOfPulses(pulseS, 1).phase))).toBeLessThan(0.001)
    const pulses = tachoPulses({ samples: tacho, sampleRateHz, pulsesPerRevolution: 1 })
    expect(Math.max(...relativeErrors(samples, phaseOfPulses(pulses, 1).phase))).toBeLessThan(0.005)
  })

  it.each([
    ['known', { orders: ORDERS }],
    ['unknown', {}],
  ])('gives them within 1 %% from the signal alone, its orders %s, and the range of speeds', (_, orders) => {
    const { samples } = runUp()
    const tracked = trackShaftSpeed(samples, { sampleRateHz, searchHz: { lowHz: 8, highHz: 48 }, ...orders })
    if (tracked.kind === 'refused') throw new TypeError(tracked.why)
    expect(Math.max(...relativeErrors(samples, tracked.phase))).toBeLessThan(0.01)
    expect(Math.abs(tracked.meanHz - 25)).toBeLessThan(0.05)
    expect(Math.abs(tracked.minHz - 10)).toBeLessThan(0.5)
    expect(Math.abs(tracked.maxHz - 40)).toBeLessThan(0.5)
  })

  it('follows the speed through noise as strong as the first order', () => {
    const random = seededRandom(5)
    const { samples } = runUp(() => gaussian(random))
    const tracked = trackShaftSpeed(samples, { sampleRateHz, searchHz: { lowHz: 8, highHz: 48 }, orders: ORDERS })
    expect(tracked).toMatchObject({ kind: 'tracked' })
    if (tracked.kind === 'tracked') expect(Math.abs(tracked.meanHz - 25)).toBeLessThan(0.1)
  })

  it('shows in a map that the orders stay while the speed rises', () => {
    const { samples, pulseS } = runUp()
    const map = orderMap(resampleByAngle(samples, { sampleRateHz, phase: phaseOfPulses(pulseS, 1).phase }), { revolutions: 16 })
    const bin = Math.round(4 / map.orderStep)
    for (const row of map.amplitude) expect(Math.abs((row[bin] ?? 0) / Math.SQRT2 - 1)).toBeLessThan(0.002)
    expect([...map.shaftHz]).toEqual([...map.shaftHz].sort((a, b) => a - b))
  })
})

describe('what order tracking refuses', () => {
  it('follows no speed in noise', () => {
    for (let seed = 1; seed <= 8; seed++) {
      const random = seededRandom(seed)
      const samples = Float64Array.from({ length: 4000 }, () => gaussian(random))
      expect(trackShaftSpeed(samples, { sampleRateHz: 600, searchHz: { lowHz: 20, highHz: 30 } })).toMatchObject({ kind: 'refused' })
    }
  })

  it('takes no noise for a tacho, and no order beyond what the rate carries', () => {
    const random = seededRandom(1)
    const samples = Float64Array.from({ length: 4000 }, () => gaussian(random))
    expect(() => tachoPulses({ samples, sampleRateHz: 600, pulsesPerRevolution: 1 })).toThrow(/no two states/)
    expect(() => resampleByAngle(samples, { sampleRateHz: 600, phase: steadyPhase(25, 6), maxOrder: 11 })).toThrow(
      /carries up to order 10.1/,
    )
  })

  it('keeps what lies above the highest order from folding back', () => {
    // Order 14 at 25 Hz; with 4 samples a turn it would fold to order 2.
    const samples = Float64Array.from({ length: 6000 }, (_, k) => Math.sin((2 * Math.PI * 350 * k) / 1000))
    const record = resampleByAngle(samples, { sampleRateHz: 1000, phase: steadyPhase(25, 5.9), maxOrder: 1.5 })
    expect(record.samplesPerRevolution).toBe(4)
    const inner = record.samples.slice(40, -40)
    expect(Math.max(...inner.map(Math.abs))).toBeLessThan(2e-4)
  })

  it('repairs a lost pulse and an extra one, counts them, and refuses a ragged train', () => {
    const even = Array.from({ length: 200 }, (_, k) => k / 25)
    const lost = Float64Array.from(even.filter((_, k) => k !== 77))
    expect(phaseOfPulses(lost, 1)).toMatchObject({ missing: 1, extra: 0 })
    expect(phaseOfPulses(lost, 1).phase.revolutions.at(-1)).toBe(199)
    const doubled = Float64Array.from([...even, 3.01].sort((a, b) => a - b))
    expect(phaseOfPulses(doubled, 1)).toMatchObject({ missing: 0, extra: 1 })
    expect(phaseOfPulses(doubled, 1).phase.revolutions.at(-1)).toBe(199)
    const ragged = Float64Array.from(even.filter((_, k) => k % 10 !== 3))
    expect(() => phaseOfPulses(ragged, 1)).toThrow(/irregular/)
  })
})
