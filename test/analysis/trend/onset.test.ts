import { readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { indicatorTrend } from '../../../src/analysis/trend/indicator-trend.js'
import { baselineOf, findOnset, onsetRule } from '../../../src/analysis/trend/onset.js'
import { hasMeasured, MEASURED } from '../measured-records.js'

/** Park and Miller's generator: the same values on every machine. */
function uniform(seed: number): () => number {
  let state = seed
  return () => (state = (state * 16_807) % 2_147_483_647) / 2_147_483_647
}

describe('the onset of a change', () => {
  it('has the chance that combinatorics gives: 1/C(n + m, m) above the greatest of n', () => {
    // C(23, 3) = 1771.
    expect(onsetRule({ baseline: { count: 20, rank: 1 }, watched: 3, level: 0.001 })).toEqual({
      consecutive: 3,
      falseAlarmProbability: expect.closeTo(1 / 1771, 12) as number,
    })
    // Above all but the greatest: C(4, 3)/C(103, 3) = 4/176851.
    const { falseAlarmProbability } = onsetRule({ baseline: { count: 100, rank: 2 }, watched: 3, level: 1e-4 })
    expect(falseAlarmProbability).toBeCloseTo(4 / 176_851, 12)
  })

  it('is called falsely in no more than the stated share of 1,000 series in which nothing happens, whatever their distribution', () => {
    const next = uniform(7)
    let alarms = 0
    for (let series = 0; series < 1000; series++) {
      // Heavy tails: a ratio of uniforms.
      const value = Float64Array.from({ length: 200 }, () => next() / (1e-3 + next()))
      const at = value.map((_, k) => k)
      if (
        indicatorTrend({ indicator: 'rms', unit: null, axis: 'count', at, value }, { kept: null, baselineCount: undefined }).onset !== null
      )
        alarms++
    }
    expect(alarms / 1000).toBeLessThanOrEqual(0.01)
  })

  it('is the first value of the first run that is long enough; a spike is none', () => {
    const values = Float64Array.of(1, 2, 1, 9, 1, 9, 9, 9, 9)
    expect(findOnset(values, { from: 3, limit: 2, consecutive: 3 })).toEqual({ index: 5, detectedIndex: 7 })
    expect(findOnset(values, { from: 3, limit: 2, consecutive: 5 })).toBeNull()
  })

  it('a spike among a hundred values of the baseline does not raise the limit', () => {
    const values = Float64Array.from({ length: 100 }, (_, k) => (k === 50 ? 1000 : k % 7))
    expect(baselineOf(values)).toMatchObject({ count: 100, rank: 3, limit: 6, median: 3 })
  })

  it('refuses a baseline of too few values, and of values that are none', () => {
    expect(() => baselineOf(new Float64Array(9))).toThrow('no baseline')
    expect(() => baselineOf(new Float64Array(20).fill(Number.NaN))).toThrow('no finite numbers')
  })

  it.skipIf(!hasMeasured).each(['1_1', '1_2', '2_1', '2_2', '3_1', '3_2'])(
    'in run-to-failure bearing %s it comes before the end of life and not within the first half of the baseline (needs ../shared/data)',
    (name) => {
      const rows = readFileSync(`${MEASURED}femto/bearing${name}_features.csv`, 'utf8').trim().split(/\r?\n/).slice(1)
      const value = Float64Array.from(rows, (row) => Number(row.split(',')[1]))
      const trend = indicatorTrend(
        { indicator: 'rms', unit: 'g', axis: 's', at: value.map((_, k) => 10 * k), value },
        { kept: null, baselineCount: undefined },
      )
      expect(trend.onset?.detectedAt).toBeLessThan(10 * (value.length - 1))
      expect(trend.rule.falseAlarmProbability).toBeLessThanOrEqual(0.01)
    },
  )
})
