import { describe, expect, it } from 'vitest'
import { attendAlarm } from '../../../src/dashboard/live/attend.js'
import { conditionOf } from '../../../src/dashboard/live/condition.js'
import { addSensor, emptyState, type LiveState } from '../../../src/dashboard/live/live-state.js'
import { reduceFreight } from '../../../src/dashboard/live/reduce.js'
import { settleSilent } from '../../../src/dashboard/live/watch-limits.js'
import { batchOf } from '../../../src/readings/batch.js'
import { QUALITY } from '../../../src/readings/quality.js'
import type { Limits } from '../../../src/readings/sensor.js'

const T0 = 1_800_000_000_000_000
const KEY = 'pump-247/velocity'
const OTHER = 'pump-247/speed'

type Said = readonly [seconds: number, value: number, quality?: number]

function plant(limits: Limits): LiveState {
  const live = emptyState(T0)
  const described = { kind: 'velocity', unit: 'mm/s', periodMs: 1000 } as const
  addSensor(live, { key: KEY, address: 'mqtt://127.0.0.1/velocity', ...described, limits })
  addSensor(live, { key: OTHER, address: 'mqtt://127.0.0.1/speed', ...described })
  return live
}

const item = ([seconds, value, quality = QUALITY.good]: Said) => ({ sensor: 0, measuredAt: T0 + seconds * 1e6, value, quality })

function take(live: LiveState, said: readonly Said[], key = KEY): void {
  for (const one of said) reduceFreight(live, batchOf([key], T0 + one[0] * 1e6, [item(one)]))
}

const standing = (live: LiveState) => {
  const alarm = live.alarms.get(0)
  return alarm ? `${alarm.state} ${alarm.letters}` : 'normal'
}
const raised = (live: LiveState) => ((live.alarms.get(0)?.raisedAt ?? Number.NaN) - T0) / 1e6

/** A value that sits on its limit of 4.5: a second above, a second below. */
const CHATTER: readonly Said[] = Array.from({ length: 60 }, (_, second) => [second, second % 2 === 0 ? 4.52 : 4.48])

describe('a deadband', () => {
  it('makes one alarm of a value that sits on its limit; without it there are as many as before', () => {
    const [bare, steadied] = [plant({ warningHigh: 4.5 }), plant({ warningHigh: 4.5, deadband: 0.1 })]
    take(bare, CHATTER)
    take(steadied, CHATTER)
    expect(bare.alarms.get(0)?.times).toBe(30)
    expect(steadied.alarms.get(0)?.times).toBe(1)
    expect(standing(steadied)).toBe('unacknowledged H')
  })

  it.each([
    ['high', { warningHigh: 80, deadband: 2 }, [80, 78, 77.9]],
    ['low', { warningLow: 20, deadband: 2 }, [20, 22, 22.1]],
  ] as const)('holds a %s alarm until the value is further than it from the limit', (_side, limits, [at, edge, clear]) => {
    const live = plant(limits)
    take(live, [[0, at]])
    take(live, [[1, edge]])
    expect(standing(live)).toMatch(/^unacknowledged/)
    expect(conditionOf(live, 0, { now: T0 + 1e6, mode: 'live' }).limit).not.toBeNull()
    take(live, [[2, clear]])
    expect(standing(live)).toMatch(/^returned/)
    expect(conditionOf(live, 0, { now: T0 + 2e6, mode: 'live' }).limit).toBeNull()
  })

  it('holds each limit by itself: high-high eases to high, and what it says of the value is true', () => {
    const live = plant({ warningHigh: 4.5, criticalHigh: 5, deadband: 0.3 })
    take(live, [
      [0, 5.1],
      [5, 4.8],
    ])
    expect(standing(live)).toBe('unacknowledged HH')
    take(live, [[10, 4.45]])
    expect(standing(live)).toBe('unacknowledged H')
    expect(live.news.at(-1)?.text).toBe('alarm: 4.45 mm/s is short of H 4.5 mm/s, which is held')
  })
})

describe('a delay', () => {
  const limits = { warningHigh: 4.5, onDelayMs: 3000, offDelayMs: 5000 }

  it('raises nothing for a spike, and dates what lasts to the end of the delay', () => {
    const live = plant(limits)
    take(live, [
      [0, 9],
      [1, 9],
      [2, 1],
      [10, 5],
      [11, 5.5],
    ])
    expect(standing(live)).toBe('normal')
    take(live, [[13.4, 6]])
    expect(standing(live)).toBe('unacknowledged H')
    expect(raised(live)).toBe(13)
    expect(live.alarms.get(0)).toMatchObject({ raisedValue: 5.5, worst: 6 })
  })

  it('returns only after it was normal for as long, and a dip in between begins anew', () => {
    const live = plant(limits)
    take(live, [
      [0, 5],
      [4, 4],
      [8, 5],
      [9, 4],
      [13.9, 4],
    ])
    expect(standing(live)).toBe('unacknowledged H')
    take(live, [[14.2, 4]])
    expect(standing(live)).toBe('returned H')
    expect(live.alarms.get(0)).toMatchObject({ since: T0 + 14e6, times: 1 })
  })

  it('runs for each limit by itself', () => {
    const live = plant({ warningHigh: 4.5, criticalHigh: 7, onDelayMs: 3000 })
    take(live, [
      [0, 5],
      [2, 8],
      [4, 8],
    ])
    expect(standing(live)).toBe('unacknowledged H')
    take(live, [[5, 8]])
    expect(standing(live)).toBe('unacknowledged HH')
    expect(raised(live)).toBe(5)
  })

  it('does not count a stretch without a value, and is not ended by it', () => {
    const live = plant(limits)
    take(live, [
      [0, 5],
      [2, Number.NaN, QUALITY['no-response']],
      [60, 5],
      [60.9, 5],
    ])
    expect(standing(live)).toBe('normal')
    take(live, [[61, 5]])
    expect(standing(live)).toBe('unacknowledged H')
  })

  it('counts a value until the next one: of a sensor that says nothing more too, once its next reading is due', () => {
    const live = plant(limits)
    take(live, [[0, 5]])
    take(live, [[3.5, 1]], OTHER)
    expect(standing(live)).toBe('normal')
    take(live, [[4, 1]], OTHER)
    expect([standing(live), raised(live)]).toEqual(['unacknowledged H', 3])
    const alone = plant(limits)
    take(alone, [[0, 5]])
    settleSilent(alone, T0 + 4e6)
    expect([standing(alone), raised(alone)]).toEqual(['unacknowledged H', 3])
  })

  it('gives the same alarms however the readings are packed, as a replay packs them otherwise than the plant did', () => {
    const said: readonly Said[] = Array.from({ length: 400 }, (_, index) => [
      index * 0.7,
      4.5 + 2 * Math.sin(index / 7) + Math.sin(index * 1.7),
    ])
    const all = { warningHigh: 4.5, criticalHigh: 6, deadband: 0.2, onDelayMs: 1500, offDelayMs: 2500 }
    const [one, many] = [plant(all), plant(all)]
    take(one, said)
    reduceFreight(many, batchOf([KEY], T0 + 400e6, said.map(item)))
    const told = (live: LiveState) => live.news.map(({ at, text }) => `${at} ${text}`)
    expect(told(one).length).toBeGreaterThan(10)
    expect(told(many)).toEqual(told(one))
    expect(many.alarms).toEqual(one.alarms)
  })

  it('lets an alarm that somebody acknowledged go when the off-delay is over', () => {
    const live = plant(limits)
    take(live, [
      [0, 5],
      [3, 5],
    ])
    attendAlarm(live, 0, { at: T0 + 4e6, who: 'kim' })
    take(live, [
      [5, 4],
      [9, 4],
    ])
    expect(standing(live)).toBe('acknowledged H')
    take(live, [[10, 4]])
    expect(standing(live)).toBe('normal')
  })
})
