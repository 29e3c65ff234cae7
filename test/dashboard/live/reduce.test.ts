import { describe, expect, it } from 'vitest'
import { newLine, rateAt } from '../../../src/dashboard/live/line-facts.js'
import { addSensor, EVENTS_KEPT, emptyState, frozenCopy, type LiveState } from '../../../src/dashboard/live/live-state.js'
import { reduceFreight } from '../../../src/dashboard/live/reduce.js'
import { batchOf } from '../../../src/readings/batch.js'
import { QUALITY } from '../../../src/readings/quality.js'

const T0 = 1_800_000_000_000_000
const SENSORS = ['a', 'b'].map(
  (key) => ({ key, address: `mqtt://10.0.0.5:1883/${key}`, kind: 'other', unit: null, periodMs: 1000 }) as const,
)

function plant(): LiveState {
  const live = emptyState(T0)
  for (const sensor of SENSORS) addSensor(live, sensor)
  return live
}
const reading = (sensor: number, afterMs: number, value: number, quality: number = QUALITY.good) =>
  batchOf(['a', 'b'], T0 + afterMs * 1000, [{ sensor, measuredAt: T0 + afterMs * 1000, value, quality }])

describe('the reducer', () => {
  it('keeps the latest value of each sensor in its column', () => {
    const live = plant()
    reduceFreight(live, reading(0, 100, 1.5))
    reduceFreight(live, reading(1, 200, 7))
    reduceFreight(live, reading(0, 300, 2.5))
    expect([...live.value.slice(0, 2)]).toEqual([2.5, 7])
    expect(live.received).toBe(3)
  })

  it('puts a late reading into the trend but not over a newer value', () => {
    const live = plant()
    reduceFreight(live, reading(0, 3000, 5))
    reduceFreight(live, reading(0, 1000, 1))
    expect(live.value[0]).toBe(5)
    expect(live.histories[0]?.finest?.mean(Math.floor((T0 / 1000 + 1000) / 250))).toBe(1)
    reduceFreight(live, reading(0, 4000, 6))
    expect(live.value[0]).toBe(6)
  })

  it('follows a source whose clock was set back by an hour', () => {
    const live = plant()
    reduceFreight(live, reading(0, 3_600_000, 5))
    reduceFreight(live, reading(0, 1000, 6))
    expect(live.value[0]).toBe(6)
  })

  it('turns a gap into bad readings and a lost line, and the next reading into a live one', () => {
    const live = plant()
    reduceFreight(live, reading(0, 100, 5))
    reduceFreight(live, { kind: 'gap', sensors: ['a', 'b'], from: T0 + 200_000, to: T0 + 900_000, cause: 'ECONNRESET', missing: null })
    expect([...live.quality.slice(0, 2)]).toEqual([QUALITY['no-response'], QUALITY['no-response']])
    expect(live.lines).toMatchObject([{ name: 'mqtt://10.0.0.5:1883', state: 'lost', cause: 'ECONNRESET' }])
    reduceFreight(live, reading(0, 1000, 6))
    expect(live.lines[0]?.state).toBe('live')
    expect(live.quality[0]).toBe(QUALITY.good)
  })

  it('gives a sensor that nobody announced a row of its own', () => {
    const live = plant()
    reduceFreight(live, batchOf(['new'], T0, [{ sensor: 0, measuredAt: T0, value: 3 }]))
    expect(live.value[live.indexOf.get('new') ?? -1]).toBe(3)
  })

  it('shows a waveform by its RMS and keeps a block to draw, a new one once a second at most', () => {
    const live = plant()
    const block = (afterMs: number, level: number) =>
      ({
        kind: 'waveform',
        sensor: 'a',
        startedAt: T0 + afterMs * 1000,
        receivedAt: T0 + afterMs * 1000,
        sampleRateHz: 1000,
        samples: Float32Array.of(level, -level),
        quality: 0,
      }) as const
    reduceFreight(live, block(0, 3))
    reduceFreight(live, block(500, 4))
    expect(live.value[0]).toBe(4)
    expect(live.waveforms[0]?.samples[0]).toBe(3)
    reduceFreight(live, block(1000, 5))
    expect(live.waveforms[0]?.samples[0]).toBe(5)
  })

  it('keeps a bounded number of events', () => {
    const live = plant()
    for (let count = 0; count < EVENTS_KEPT + 50; count++)
      reduceFreight(live, { kind: 'event', at: T0 + count, event: 'mark', severity: 'note', text: String(count), sensors: [] })
    expect(live.events).toHaveLength(EVENTS_KEPT)
    expect(live.events.at(-1)?.text).toBe(String(EVENTS_KEPT + 49))
  })

  it('leaves a held picture alone', () => {
    const live = plant()
    reduceFreight(live, reading(0, 100, 5))
    const held = frozenCopy(live)
    reduceFreight(live, reading(0, 200, 6))
    expect(held.value[0]).toBe(5)
    expect(live.value[0]).toBe(6)
  })
})

describe('what is known of a connection', () => {
  it('counts readings, bad ones, losses and gaps, and tells the rate of the last seconds', () => {
    const live = plant()
    for (let tick = 0; tick <= 60; tick++)
      reduceFreight(live, reading(tick % 2, tick * 100, tick, tick === 7 ? QUALITY.undecodable : QUALITY.good))
    const [line] = live.lines
    expect(line).toMatchObject({ sensors: 2, received: 61, bad: 1, losses: 0, state: 'live', delayMs: 0 })
    expect(rateAt(line ?? newLine('', 0), T0 + 6e6)).toBeCloseTo(10, 0)
    expect(rateAt(line ?? newLine('', 0), T0 + 60e6)).toBe(0)
    reduceFreight(live, { kind: 'gap', sensors: ['a', 'b'], from: T0 + 6e6, to: T0 + 9e6, cause: 'ECONNRESET', missing: null })
    expect(line).toMatchObject({ losses: 1, gaps: 1, gapMs: 3000 })
  })
})
