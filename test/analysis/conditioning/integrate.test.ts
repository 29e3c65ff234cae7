import { describe, expect, it } from 'vitest'
import { integrateSteady } from '../../../src/analysis/conditioning/integrate.js'
import { integrateInFrequency } from '../../../src/analysis/conditioning/integrate-in-frequency.js'

const RATE = 5000
const OMEGA = 2 * Math.PI * 50
const times = Float64Array.from({ length: 4 * RATE }, (_, k) => k / RATE)
const acceleration = times.map((t) => 3 * Math.sin(OMEGA * t) + 0.7)
const ofSine = { sampleRateHz: RATE, band: { lowHz: 10, highHz: 1000 } }

function farthest(ours: Float64Array, theirs: (timeS: number) => number, fromS = 0): number {
  return Math.max(...times.map((t, k) => (t < fromS || t > 4 - fromS ? 0 : Math.abs((ours[k] ?? 0) - theirs(t)))))
}

describe('integration', () => {
  it('in frequency gives velocity and displacement of a sine, and back, whatever the offset', () => {
    const velocity = integrateInFrequency(acceleration, { ...ofSine, order: 1 })
    const displacement = integrateInFrequency(acceleration, { ...ofSine, order: 2 })
    expect(farthest(velocity, (t) => (-3 / OMEGA) * Math.cos(OMEGA * t))).toBeLessThan(1e-12)
    expect(farthest(displacement, (t) => (-3 / OMEGA ** 2) * Math.sin(OMEGA * t))).toBeLessThan(1e-12)
    const back = integrateInFrequency(displacement, { ...ofSine, order: -2 })
    expect(farthest(back, (t) => 3 * Math.sin(OMEGA * t))).toBeLessThan(1e-9)
    expect(farthest(integrateInFrequency(velocity, { ...ofSine, order: -1 }), (t) => 3 * Math.sin(OMEGA * t))).toBeLessThan(1e-9)
  })

  it('in time with a high-pass does not drift on an offset, and is within 1 % away from the ends', () => {
    const velocity = integrateSteady(acceleration, { sampleRateHz: RATE, highPassHz: 5 })
    expect(farthest(velocity, (t) => (-3 / OMEGA) * Math.cos(OMEGA * t), 0.5) * (OMEGA / 3)).toBeLessThan(0.01)
  })

  it('refuses bands that include 0 Hz, and records shorter than a period of the edge', () => {
    expect(() => integrateInFrequency(acceleration, { sampleRateHz: RATE, order: 1, band: { lowHz: 0, highHz: 100 } })).toThrow('no band')
    expect(() => integrateSteady(acceleration.subarray(0, 500), { sampleRateHz: RATE, highPassHz: 5 })).toThrow('one period')
  })
})
