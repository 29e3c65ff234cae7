import { describe, expect, it } from 'vitest'
import { attendAlarm, endShelves, shelvableOf, shelveAlarm, unshelveAlarm } from '../../../src/dashboard/live/attend.js'
import { addSensor, emptyState, type LiveState } from '../../../src/dashboard/live/live-state.js'
import { reduceFreight } from '../../../src/dashboard/live/reduce.js'
import { createDashboardSink } from '../../../src/dashboard/store.js'
import { batchOf } from '../../../src/readings/batch.js'
import type { Happening } from '../../../src/readings/measurement.js'
import { QUALITY } from '../../../src/readings/quality.js'
import type { Sensor } from '../../../src/readings/sensor.js'

const T0 = 1_800_000_000_000_000
const KEY = 'pump-247/velocity'
const SENSOR: Sensor = {
  key: KEY,
  address: 'mqtt://127.0.0.1/velocity',
  kind: 'velocity',
  unit: 'mm/s',
  periodMs: 1000,
  limits: { warningLow: 0.1, warningHigh: 4.5, criticalHigh: 7.1 },
}

function plant(): LiveState {
  const live = emptyState(T0)
  addSensor(live, SENSOR)
  return live
}

function take(live: LiveState, seconds: number, value: number, quality: number = QUALITY.good): void {
  const at = T0 + seconds * 1e6
  reduceFreight(live, batchOf([KEY], at, [{ sensor: 0, measuredAt: at, value, quality }]))
}

const standing = (live: LiveState) => {
  const alarm = live.alarms.get(0)
  return alarm ? `${alarm.state} ${alarm.letters}` : 'normal'
}
const me = (seconds: number) => ({ at: T0 + seconds * 1e6, who: 'kim' })

describe('an alarm of a limit', () => {
  it('is unacknowledged from the reading that reaches the limit on, and is told with value and limit', () => {
    const live = plant()
    take(live, 1, 4.4)
    expect(standing(live)).toBe('normal')
    take(live, 2, 4.5)
    take(live, 3, 5.2)
    expect(standing(live)).toBe('unacknowledged H')
    expect(live.alarms.get(0)).toMatchObject({ raisedAt: T0 + 2e6, raisedValue: 4.5, limit: 4.5, worst: 5.2, times: 1 })
    expect(live.news).toMatchObject([
      { at: T0 + 2e6, event: 'alert', severity: 'warning', text: 'alarm: 4.5 mm/s is at or above H 4.5 mm/s', sensors: [KEY] },
    ])
  })

  it('stays as returned until somebody acknowledges it, and is gone when it was acknowledged before', () => {
    const live = plant()
    take(live, 1, 5)
    take(live, 3, 4)
    expect(standing(live)).toBe('returned H')
    expect(attendAlarm(live, 0, me(4))?.text).toContain('acknowledged by kim: 5 mm/s is at or above H 4.5 mm/s since 2027-01-15T08:00:01')
    expect(standing(live)).toBe('normal')
    take(live, 6, 5)
    attendAlarm(live, 0, me(7))
    expect(standing(live)).toBe('acknowledged H')
    take(live, 8, 4)
    expect(standing(live)).toBe('normal')
    expect(live.news.at(-1)?.text).toBe('returned to normal: 4 mm/s; it was beyond H 4.5 mm/s as far as 5 mm/s')
  })

  it('must be acknowledged anew when it gets worse or changes sides, not when it eases', () => {
    const live = plant()
    take(live, 1, 5)
    attendAlarm(live, 0, me(2))
    take(live, 3, 7.2)
    expect(standing(live)).toBe('unacknowledged HH')
    attendAlarm(live, 0, me(4))
    take(live, 5, 5)
    expect(standing(live)).toBe('acknowledged H')
    take(live, 7, 0.05)
    expect(standing(live)).toBe('unacknowledged L')
  })

  it('is neither raised nor ended by a value that is bad', () => {
    const live = plant()
    take(live, 1, 99, QUALITY['no-response'])
    expect(standing(live)).toBe('normal')
    take(live, 2, 5)
    take(live, 3, 0, QUALITY['no-response'])
    expect(standing(live)).toBe('unacknowledged H')
  })

  it('is told once a second where a value swings about its limit, and says how often it did', () => {
    const live = plant()
    for (let tenth = 0; tenth < 31; tenth++) take(live, 1 + tenth / 10, tenth % 2 === 0 ? 5 : 4)
    expect(live.alarms.get(0)?.times).toBe(16)
    expect(live.news.length).toBeLessThanOrEqual(4)
    expect(live.news[1]?.text).toMatch(/after 9 more changes within a second$/)
  })

  it('makes no events while a recording is replayed, which has its own', () => {
    const live = plant()
    live.readings = 'of-then'
    take(live, 1, 5)
    expect(standing(live)).toBe('unacknowledged H')
    expect(live.events).toEqual([])
  })

  it('may be put aside with a reason until a moment, and is an alarm again after it', () => {
    const live = plant()
    take(live, 1, 5)
    const shelf = shelvableOf({ event: 'alert', sensors: [KEY], text: '' })
    const told = shelveAlarm(live, shelf, { until: T0 + 60e6, reason: 'bearing is on order' }, me(2))
    expect(told.text).toBe('shelved by kim until 2027-01-15T08:01:00.000000Z: bearing is on order')
    expect(endShelves(live, T0 + 59e6)).toEqual([])
    expect(endShelves(live, T0 + 60e6)).toMatchObject([
      { sensors: [KEY], text: 'no longer shelved, its time is over: bearing is on order' },
    ])
    expect(live.attention.shelved.size).toBe(0)
  })

  it('that is put aside stands among the events the first time it comes, is counted, and is kept in full by who records', () => {
    const live = plant()
    shelveAlarm(live, shelvableOf({ event: 'alert', sensors: [KEY], text: '' }), { until: T0 + 600e6, reason: 'on order' }, me(0))
    for (let second = 1; second <= 28; second++) take(live, second, second % 2 === 1 ? 8 : 4)
    expect(live.events.map(({ text }) => text)).toEqual(['alarm: 8 mm/s is at or above HH 7.1 mm/s'])
    expect(live.news).toHaveLength(28)
    expect(endShelves(live, T0 + 600e6)).toMatchObject([
      { text: 'no longer shelved, its time is over: on order; crossed 14 times while shelved' },
    ])
    take(live, 601, 8)
    expect(live.events).toHaveLength(2)
  })

  it('that is put aside counts each crossing, those of one second too', () => {
    const live = plant()
    const shelf = shelvableOf({ event: 'alert', sensors: [KEY], text: '' })
    shelveAlarm(live, shelf, { until: T0 + 600e6, reason: 'on order' }, me(0))
    for (let tenth = 0; tenth < 31; tenth++) take(live, 1 + tenth / 10, tenth % 2 === 0 ? 5 : 4)
    expect(unshelveAlarm(live, shelf, me(6))?.text).toBe('taken off the shelf by kim; crossed 16 times while shelved')
  })
})

describe('the dashboard’s sink', () => {
  it('tells the other sinks of alarms and of what a person does', async () => {
    const told: Happening[] = []
    const clock = { now: () => T0, monotonicMs: () => 0, sleep: () => Promise.resolve() }
    const sink = createDashboardSink({ clock, who: 'kim' })
    await sink.start({ startedAt: T0, sensors: [SENSOR], assets: [], site: null, tool: 't', purpose: 'p' }, (news) => told.push(news))
    await sink.take(batchOf([KEY], T0, [{ sensor: 0, measuredAt: T0, value: 8 }]))
    sink.store.tell({ kind: 'event', at: T0, event: 'mark', severity: 'note', text: 'valve opened', sensors: [] })
    expect(told.map(({ event, text }) => `${event} ${text}`)).toEqual([
      'alert alarm: 8 mm/s is at or above HH 7.1 mm/s',
      'mark valve opened',
    ])
    expect(sink.store.live.events.map(({ text }) => text)).toHaveLength(2)
  })
})
