import { describe, expect, it } from 'vitest'
import { regularityByPeriod } from '../../src/acquisition/describe-sampling.js'
import { SamplingJitter } from '../../src/acquisition/sampling-jitter.js'
import { unnamedSensor } from '../../src/readings/sensor.js'

const SENSOR = unnamedSensor('modbus-tcp://127.0.0.1/1/holding/0?every=1s')

/** @param steppedMs  how far the wall clock has been set from the monotonic one when a reading is handed over. */
function sampledAt(timesMs: readonly number[], steppedMs: (at: number) => number = () => 0) {
  let nowMs = 0
  const jitter = new SamplingJitter([SENSOR], { now: () => nowMs * 1000, monotonicMs: () => nowMs - steppedMs(nowMs) })
  for (const at of timesMs) {
    nowMs = at
    jitter.hear({
      kind: 'batch',
      sensors: [SENSOR.key],
      sensor: Uint16Array.of(0),
      measuredAt: Float64Array.of(at * 1000),
      receivedAt: at * 1000,
      value: Float64Array.of(1),
      quality: Uint8Array.of(0),
    })
  }
  return jitter
}

describe('sampling jitter', () => {
  it('is how far intervals are from whole periods', () => {
    // 99 intervals that are 1 ms off and one that is 50 ms off.
    const times = [0]
    for (let i = 1; i <= 100; i++) times.push((times.at(-1) ?? 0) + 1000 + (i === 50 ? 50 : i % 2 === 0 ? 1 : -1))
    const [regularity] = sampledAt(times).report()
    expect(regularity).toMatchObject({ periodMs: 1000, intervals: 100, missed: 0 })
    expect(regularity?.jitterMs.largest).toBeCloseTo(50)
    expect(regularity?.jitterMs.p50).toBeGreaterThanOrEqual(1)
    expect(regularity?.jitterMs.p50).toBeLessThanOrEqual(1.26)
    expect(regularity?.jitterMs.p99).toBeLessThanOrEqual(1.26)
  })

  it('counts periods in which no reading came', () => {
    const times = Array.from({ length: 30 }, (_, n) => n * 1000).filter((at) => at !== 7000 && at !== 8000)
    expect(regularityByPeriod(sampledAt(times).report())).toMatchObject([{ periodMs: 1000, sensors: 1, missed: 2 }])
  })

  it.each([3_600_000, -3_600_000])('takes a wall clock that was set by %d ms for no interval', (stepMs) => {
    const isAfter = (at: number) => (stepMs > 0 ? at > stepMs : at < 0)
    // Handed over after the step, the 20th reading still carries a time of before it.
    const times = Array.from({ length: 40 }, (_, n) => n * 1000 + (n > 20 ? stepMs : 0))
    const stepped = sampledAt(times, (at) => (isAfter(at) || at === 20_000 ? stepMs : 0)).report()
    expect(stepped).toMatchObject([{ missed: 0, intervals: 37, jitterMs: { largest: 0 } }])
  })

  it('says nothing of sensors whose values come when they come, or came too rarely', () => {
    expect(sampledAt(Array.from({ length: 50 }, (_, n) => n * 137)).report()).toEqual([])
    expect(sampledAt([0, 1000, 2000]).report()).toEqual([])
  })
})
