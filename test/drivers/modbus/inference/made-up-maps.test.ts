import { describe, expect, it } from 'vitest'
import { inferRegisters } from '../../../../src/drivers/modbus/inference/infer-registers.js'
import type { SampledRange } from '../../../../src/drivers/modbus/sample-ranges.js'
import { COMMITTED_SEED, generateMap, randomOf } from '../../../fakes/modbus/generated-map.js'
import { scoreMap } from '../../../fakes/modbus/score-inference.js'

const MAPS = 60
const STATED_FROM = 0.65
const device = { host: 'h', port: 502, unit: 1 }

function rangesOf(map: ReturnType<typeof generateMap>): readonly SampledRange[] {
  return map.blocks.map(({ table, from, samples }) => {
    const [first = new Uint16Array(0), ...others] = samples
    return { table, from, quantity: first.length, samples: [first, ...others] }
  })
}

const maps = Array.from({ length: MAPS }, (_, index) => generateMap(COMMITTED_SEED * 500 + index))
const scores = maps.map((map) => scoreMap(map, inferRegisters(device, rangesOf(map))))
const verdicts = scores.flatMap((score) => score.verdicts)
const coverage = scores.flatMap((score) => score.coverage)

describe('on devices that were made up', () => {
  it('at least 95 of 100 stated answers are right', () => {
    const stated = verdicts.filter(({ point }) => point.confidence >= STATED_FROM)
    expect(stated.length).toBeGreaterThan(800)
    expect(shareOf(stated, ({ isRight }) => isRight)).toBeGreaterThanOrEqual(0.95)
  })

  it('at least 80 of 100 values get an answer from five samples, those that stand still among them', () => {
    const isStated = ({ point }: (typeof coverage)[number]): boolean => (point?.confidence ?? 0) >= STATED_FROM
    expect(shareOf(coverage, isStated)).toBeGreaterThanOrEqual(0.8)
    expect(
      shareOf(
        coverage.filter(({ isInformed }) => isInformed),
        isStated,
      ),
    ).toBeGreaterThanOrEqual(0.8)
  })

  it('answers are right at least as often as they are said to be', () => {
    for (const confidence of [0.5, 0.65, 0.75, 0.85, 0.9, 0.95, 0.98]) {
      const given = verdicts.filter(({ point }) => point.confidence >= confidence)
      expect(
        shareOf(given, ({ isRight }) => isRight),
        `at ${confidence}`,
      ).toBeGreaterThanOrEqual(confidence)
    }
  })

  it('scales that it claims are right, and most it does not claim', () => {
    const claimed = verdicts.filter(({ isScaleRight, isRight }) => isRight && isScaleRight !== null)
    expect(claimed.length).toBeGreaterThan(10)
    expect(shareOf(claimed, ({ isScaleRight }) => isScaleRight === true)).toBeGreaterThanOrEqual(0.9)
  })

  it('registers full of noise give no answers', () => {
    const random = randomOf(4)
    const noise = Array.from({ length: 5 }, () => Uint16Array.from({ length: 200 }, () => Math.floor(random() * 65_536)))
    const [first = new Uint16Array(0), ...others] = noise
    const points = inferRegisters(device, [{ table: 'holding', from: 0, quantity: 200, samples: [first, ...others] }])
    expect(points.filter(({ confidence }) => confidence >= STATED_FROM)).toEqual([])
    expect(points.every(({ evidence }) => evidence.startsWith('cannot tell, because'))).toBe(true)
  })
})

function shareOf<T>(all: readonly T[], holds: (each: T) => boolean): number {
  return all.filter(holds).length / all.length
}
