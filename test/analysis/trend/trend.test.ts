import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { countInversions } from '../../../src/analysis/trend/merge-inversions.js'
import { sensorTrend } from '../../../src/analysis/trend/sensor-trend.js'
import { allSlopes, slopesOfRank } from '../../../src/analysis/trend/slope-rank.js'
import { theilSenTrend } from '../../../src/analysis/trend/theil-sen.js'
import { gaussian, seededRandom } from '../../synthetic/seeded-random.js'

function noisyLine(count: number, slope: number, seed: number) {
  const random = seededRandom(seed)
  const timeS = Float64Array.from({ length: count }, (_, k) => k + 0.4 * random())
  return { timeS, value: timeS.map((t) => 20 + slope * t + gaussian(random)) }
}

describe('a trend', () => {
  it('of a straight line is that line', () => {
    const timeS = Float64Array.from({ length: 50 }, (_, k) => 2 * k)
    const { slopePerS, intervalPerS, intercept, tau } = theilSenTrend({ timeS, value: timeS.map((t) => 3 - 0.25 * t) })
    expect([slopePerS, ...intervalPerS, intercept, tau]).toEqual([-0.25, -0.25, -0.25, 3, -1])
  })

  it('is not moved by a fifth of the readings being nonsense', () => {
    const { timeS, value } = noisyLine(400, 0.05, 1)
    const spoilt = value.map((x, k) => (k % 5 === 0 ? 1000 : x))
    expect(theilSenTrend({ timeS, value: spoilt }).slopePerS).toBeCloseTo(0.05, 2)
  })

  it('holds the true slope in about 95 of 100 intervals, and finds no trend in about 95 of 100 flat series', () => {
    const trends = Array.from({ length: 200 }, (_, seed) => theilSenTrend(noisyLine(60, 0, seed + 10)))
    const holding = trends.filter(({ intervalPerS: [low, high] }) => low <= 0 && high >= 0).length
    expect(holding).toBeGreaterThan(180)
    expect(holding).toBeLessThan(200)
    expect(trends.filter(({ pValue }) => pValue < 0.05).length).toBeLessThan(20)
  })

  it('of a series too long for all pairs is the same as by all pairs', () => {
    const series = noisyLine(2500, 0.001, 3)
    const sorted = allSlopes(series).sort()
    const ranks = [0, 1000, sorted.length >> 1, sorted.length - 5]
    const found = slopesOfRank(series, ranks)
    for (const [k, rank] of ranks.entries()) expect(found[k]).toBeCloseTo(sorted[rank] ?? Number.NaN, 10)
  })

  it('of equal values is none', () => {
    const timeS = Float64Array.from({ length: 10 }, (_, k) => k)
    expect(theilSenTrend({ timeS, value: new Float64Array(10).fill(5) })).toMatchObject({ slopePerS: 0, pValue: 1, tau: 0 })
  })

  it('refuses three readings, and time that stands still', () => {
    expect(() => theilSenTrend({ timeS: Float64Array.of(0, 1, 2), value: Float64Array.of(1, 2, 3) })).toThrow('at least 4')
    expect(() => theilSenTrend({ timeS: Float64Array.of(0, 1, 1, 2), value: Float64Array.of(1, 2, 3, 4) })).toThrow('same time')
  })
})

describe('inversions', () => {
  it('are counted as by comparing every pair', () => {
    fc.assert(
      fc.property(fc.array(fc.integer({ min: -5, max: 5 }), { maxLength: 60 }), (numbers) => {
        const pairs = numbers.flatMap((a, i) => numbers.slice(i + 1).filter((b) => a > b)).length
        expect(countInversions(Float64Array.from(numbers))).toBe(pairs)
      }),
      { seed: 2 },
    )
  })
})

describe('the trend of a sensor', () => {
  it('is told per hour for hours and per day for weeks, in the unit of the sensor', () => {
    const hours = sensorTrend({
      sensor: 's',
      unit: '°C',
      timeS: Float64Array.of(1e9, 1e9 + 3600, 1e9 + 7200, 1e9 + 10_800),
      value: Float64Array.of(1, 2, 3, 4),
    })
    expect(hours).toMatchObject({ schema: 'chatterfix/trend/1', slope: 1, slopeUnit: '°C/h', direction: 'rising', durationS: 10_800 })
    const days = sensorTrend({
      sensor: 's',
      unit: null,
      timeS: Float64Array.of(0, 1, 1, 2, 3).map((d) => d * 86_400),
      value: Float64Array.of(4, 3, 9, 2, 1),
    })
    expect(days).toMatchObject({ slope: -1, slopeUnit: '1/d', direction: 'falling', count: 4 })
    expect(days.warnings).toHaveLength(2)
  })
})
