import { readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { inferRegisters } from '../../../../src/drivers/modbus/inference/infer-registers.js'
import type { SampledRange } from '../../../../src/drivers/modbus/sample-ranges.js'
import { FAMILIES, fieldMap } from '../../../fakes/modbus/field-map.js'
import { COMMITTED_SEED, generateMap, randomOf } from '../../../fakes/modbus/generated-map.js'
import { scoreMap } from '../../../fakes/modbus/score-inference.js'
import { readMaps, writeMaps } from '../../../fakes/modbus/stored-maps.js'

const MAPS = 60
const STATED_FROM = 0.65
const device = { host: 'h', port: 502, unit: 1 }

function rangesOf(map: ReturnType<typeof generateMap>): readonly SampledRange[] {
  return map.blocks.map(({ table, from, samples }) => {
    const [first = new Uint16Array(0), ...others] = samples
    return { table, from, quantity: first.length, samples: [first, ...others] }
  })
}

const text = readFileSync(new URL('../../../../fixtures/inference/maps.jsonl', import.meta.url), 'utf8')
const maps = readMaps(text).maps.slice(0, MAPS)
const scores = maps.map((map) => scoreMap(map, inferRegisters(device, rangesOf(map))))
const verdicts = scores.flatMap((score) => score.verdicts)
const coverage = scores.flatMap((score) => score.coverage)

describe('the stored devices', () => {
  it('are what the generator makes of the committed seed, to the last byte', () => {
    const made = Array.from({ length: 500 }, (_, index) => generateMap(COMMITTED_SEED * 500 + index))
    expect(writeMaps({ seed: COMMITTED_SEED, samples: 5, maps: made }) === text).toBe(true)
    expect(readMaps(text).maps).toEqual(made)
  })
})

describe('on devices as other engineers lay them out', () => {
  const others = FAMILIES.flatMap((family) => Array.from({ length: 8 }, (_, index) => fieldMap(family, 5000 + index)))
  const judged = others.map((map) => scoreMap(map, inferRegisters(device, rangesOf(map))))
  const stated = judged.flatMap((score) => score.verdicts).filter(({ point }) => point.confidence >= STATED_FROM)

  it('at least 95 of 100 stated answers read the right numbers, and have the right name where it can be told', () => {
    const told = stated.filter(({ truth, isDistinguishable }) => truth !== null && isDistinguishable)
    expect(shareOf(stated, ({ isRight }) => isRight)).toBeGreaterThanOrEqual(0.95)
    expect(shareOf(told, ({ isSameName }) => isSameName)).toBeGreaterThanOrEqual(0.95)
  })

  it('what cannot be told by its name is among the names that are said', () => {
    const open = stated.filter(({ isRight, isDistinguishable }) => isRight && !isDistinguishable)
    expect(open.length).toBeGreaterThan(100)
    expect(open.every(({ isNamed }) => isNamed)).toBe(true)
  })

  it('no scale comes without its grounds', () => {
    expect(stated.filter(({ isScaleBare }) => isScaleBare)).toEqual([])
  })

  it('what is not available becomes no number', () => {
    const absent = judged.flatMap((score) => score.coverage).filter(({ truth }) => truth.type === 'absent')
    const asNumbers = absent.filter(({ point }) => point !== null && point.confidence >= STATED_FROM && point.value !== null)
    expect(absent.length).toBeGreaterThan(20)
    expect(asNumbers.length / absent.length).toBeLessThanOrEqual(0.02)
  })
})

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
