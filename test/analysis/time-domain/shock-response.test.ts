import { describe, expect, it } from 'vitest'
import { shockResponse } from '../../../src/analysis/time-domain/shock-response.js'

const RATE = 100_000

function respond(samples: Float64Array, frequencyHz: number, damping: number, quantity: 'absolute-acceleration' | 'pseudo-velocity') {
  return shockResponse(samples, { sampleRateHz: RATE, naturalHz: [frequencyHz], damping, quantity })
}

describe('the shock response', () => {
  it.each([0, 0.05, 0.2])('to a step overshoots by e^(−πζ/√(1−ζ²)), ζ = %f', (damping) => {
    const step = new Float64Array(RATE).fill(10)
    const [maximax] = respond(step, 20, damping, 'pseudo-velocity').maximax
    const overshoot = 1 + Math.exp((-Math.PI * damping) / Math.sqrt(1 - damping ** 2))
    expect((maximax ?? 0) / ((10 / (2 * Math.PI * 20)) * overshoot)).toBeCloseTo(1, 5)
  })

  it.each([0.2, 0.3, 0.6, 0.75, 1.5, 2.5, 3.5])('to a half-sine of 10 ms, undamped, is the textbook’s at f·τ = %f', (ratio) => {
    const durationS = 0.01
    const pulse = Float64Array.from({ length: durationS * RATE + 1 }, (_, k) => Math.sin((Math.PI * k) / (durationS * RATE)))
    const [maximax] = respond(pulse, ratio / durationS, 0, 'absolute-acceleration').maximax
    expect((maximax ?? 0) / halfSine(ratio)).toBeCloseTo(1, 4)
  })

  it('to a sine at resonance grows to Q', () => {
    const [frequencyHz, damping] = [100, 0.05]
    const sine = Float64Array.from({ length: RATE }, (_, k) => Math.sin((2 * Math.PI * frequencyHz * k) / RATE))
    const [maximax] = respond(sine, frequencyHz, damping, 'pseudo-velocity').maximax
    expect((maximax ?? 0) * 2 * Math.PI * frequencyHz).toBeCloseTo(1 / (2 * damping), 4)
  })

  it('turns round with the record: what was positive is negative', () => {
    const pulse = Float64Array.from({ length: 500 }, (_, k) => Math.sin((Math.PI * k) / 500))
    const [up, down] = [pulse, pulse.map((x) => -x)].map((x) => respond(x, 80, 0.05, 'absolute-acceleration'))
    expect(up?.positive).toEqual(down?.negative)
    expect(up?.negative).toEqual(down?.positive)
  })

  it('refuses oscillators that the rate cannot carry, and what is no number', () => {
    expect(() => respond(new Float64Array(10), RATE / 3, 0.05, 'pseudo-velocity')).toThrow('cannot carry')
    expect(() => respond(new Float64Array(10).fill(Number.NaN), 10, 0.05, 'pseudo-velocity')).toThrow('not finite')
  })
})

/** Largest of forced and residual undamped response to a half-sine of unit height, r = f·τ. */
function halfSine(r: number): number {
  const residual = Math.abs((4 * r * Math.cos(Math.PI * r)) / (1 - 4 * r * r))
  // During the pulse the response has its extremes at t/τ = 2j/(2r + 1).
  const forced = [1, 2, 3, 4]
    .map((j) => (2 * j) / (2 * r + 1))
    .filter((at) => at <= 1)
    .map((at) => Math.abs((Math.sin(Math.PI * at) - Math.sin(2 * Math.PI * r * at) / (2 * r)) / (1 - 1 / (4 * r * r))))
  return Math.max(residual, ...forced)
}
