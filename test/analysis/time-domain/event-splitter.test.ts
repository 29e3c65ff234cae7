import { describe, expect, it } from 'vitest'
import { EventSplitter } from '../../../src/analysis/time-domain/event-splitter.js'
import { seededNoise } from '../seeded-noise.js'

const RATE = 2000

function split(samples: Float64Array, blockLength = samples.length) {
  const splitter = new EventSplitter({ sampleRateHz: RATE })
  for (let at = 0; at < samples.length; at += blockLength) splitter.push(samples.subarray(at, at + blockLength))
  return splitter.finish()
}

function withShock(samples: Float64Array, atS: number, height: number): void {
  for (let k = 0; k < 0.3 * RATE; k++) {
    const at = Math.round(atS * RATE) + k
    samples[at] = (samples[at] ?? 0) + height * Math.exp(-k / 60) * Math.cos(k / 2)
  }
}

describe('a long record', () => {
  it('is split into its shocks and what runs between, whatever the blocks it comes in', () => {
    const samples = seededNoise(11, 120 * RATE).map((x) => 0.1 * x + 5)
    withShock(samples, 3.02, 20)
    withShock(samples, 70, -8)
    const { events, steady } = split(samples)
    expect(events).toHaveLength(2)
    expect(events.map(({ startS }) => startS)).toEqual([3, 70])
    expect(events[0]?.peak).toBeCloseTo(20, 0)
    expect(events[0]?.peakAtS).toBeCloseTo(3.02, 2)
    expect(events[1]?.peak).toBeCloseTo(8, 0)
    for (const { durationS, steadyRms } of events) {
      expect(durationS).toBeGreaterThan(0.05)
      expect(durationS).toBeLessThan(0.4)
      expect(steadyRms).toBeCloseTo(0.1, 2)
    }
    expect(steady).toHaveLength(3)
    expect([...events, ...steady].reduce((sum, { durationS }) => sum + durationS, 0)).toBeCloseTo(120, 9)
    expect(split(samples, 777)).toEqual({ events, steady })
  })

  it('that only grows slowly louder has no event', () => {
    const { events } = split(seededNoise(12, 60 * RATE).map((x, k) => x * (1 + k / (20 * RATE))))
    expect(events).toEqual([])
  })

  it('too short to know its level is refused', () => {
    expect(() => split(new Float64Array(300))).toThrow('no steady level')
  })
})
