import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { historyWindow } from '../../../src/dashboard/history/history-window.js'
import { SensorHistory } from '../../../src/dashboard/history/sensor-history.js'
import { countReading, noStatistics, statisticsOf } from '../../../src/dashboard/history/statistics.js'

const T0 = 1_800_000_000_000

describe('the past of a sensor', () => {
  it('shows a spike of one reading at every span, however far one looks', () => {
    const history = new SensorHistory('long')
    for (let second = 0; second < 20 * 3600; second++) history.push(T0 + second * 1000, second === 19 * 3600 ? 99 : 1, 'good')
    const now = T0 + 20 * 3600 * 1000
    for (const spanMs of [1.2 * 3600e3, 2 * 3600e3, 20 * 3600e3]) {
      const { envelope } = historyWindow(history, { fromMs: now - spanMs, untilMs: now, dots: 120 })
      expect(Math.max(...envelope.highs.filter((value) => !Number.isNaN(value)))).toBe(99)
      expect(Math.min(...envelope.lows.filter((value) => !Number.isNaN(value)))).toBe(1)
    }
  })

  it('says of a window what a list of all readings would, to a dot column', () => {
    const readings = fc.array(fc.record({ stepMs: fc.integer({ min: 1, max: 4000 }), value: fc.integer({ min: -100, max: 100 }) }), {
      minLength: 5,
      maxLength: 150,
    })
    fc.assert(
      fc.property(readings, (list) => {
        const history = new SensorHistory('long')
        let at = T0
        const all = list.map(({ stepMs, value }) => {
          at += stepMs
          history.push(at, value, 'good')
          return { at, value }
        })
        const { envelope } = historyWindow(history, { fromMs: at - 60_000, untilMs: at, dots: 60 })
        const inside = all.filter((reading) => reading.at >= at - 59_000)
        for (const { at: when, value } of inside) {
          const dot = Math.min(59, Math.floor((Math.floor(when / 250) * 250 - (at - 60_000)) / 1000))
          expect(envelope.lows[dot]).toBeLessThanOrEqual(value)
          expect(envelope.highs[dot]).toBeGreaterThanOrEqual(value)
        }
        const drawn = [...envelope.lows, ...envelope.highs].filter((value) => !Number.isNaN(value))
        expect(drawn.every((value) => all.some((reading) => reading.value === value))).toBe(true)
      }),
      { numRuns: 60 },
    )
  })

  it('draws nothing through a stretch in which readings were bad or nothing was measured', () => {
    const history = new SensorHistory('long')
    for (let second = 0; second < 10; second++) history.push(T0 + second * 1000, 5, 'good')
    for (let second = 10; second < 20; second++) history.push(T0 + second * 1000, Number.NaN, 'bad')
    history.lose(T0 + 20_000, T0 + 29_000)
    for (let second = 30; second < 40; second++) history.push(T0 + second * 1000, 5, 'good')
    const { envelope, grades } = historyWindow(history, { fromMs: T0, untilMs: T0 + 40_000, dots: 40 })
    expect([...(envelope.breaks ?? [])]).toEqual(Array.from({ length: 20 }, (_, index) => index + 10))
    expect([grades[5], grades[15], grades[25], grades[35]]).toEqual(['good', 'bad', 'bad', 'good'])
  })
})

describe('statistics', () => {
  it('agree with the two-pass formulas', () => {
    fc.assert(
      fc.property(fc.array(fc.double({ min: -1e6, max: 1e6, noNaN: true }), { minLength: 2, maxLength: 100 }), (values) => {
        const statistics = noStatistics(1)
        for (const value of values) countReading(statistics, 0, value, 'good')
        countReading(statistics, 0, Number.NaN, 'bad')
        const mean = values.reduce((sum, value) => sum + value, 0) / values.length
        const variance = values.reduce((sum, value) => sum + (value - mean) ** 2, 0) / (values.length - 1)
        const told = statisticsOf(statistics, 0)
        expect(told).toMatchObject({ count: values.length, bad: 1, lowest: Math.min(...values), highest: Math.max(...values) })
        expect(told.mean).toBeCloseTo(mean, 5)
        expect(told.standardDeviation).toBeCloseTo(Math.sqrt(variance), 4)
      }),
    )
  })

  it('know nothing before the first value', () => {
    expect(statisticsOf(noStatistics(1), 0)).toEqual({
      count: 0,
      lowest: Number.NaN,
      highest: Number.NaN,
      mean: Number.NaN,
      standardDeviation: Number.NaN,
      uncertain: 0,
      bad: 0,
    })
  })
})
