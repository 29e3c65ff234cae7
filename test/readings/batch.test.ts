import fc from 'fast-check'
import { expect, test } from 'vitest'
import { batchOf, readingsOf } from '../../src/readings/batch.js'
import { countOf } from '../../src/readings/measurement.js'
import { QUALITY } from '../../src/readings/quality.js'

const sensors = ['a/1', 'a/2', 'a/3']
const row = fc.record({
  sensor: fc.integer({ min: 0, max: 2 }),
  measuredAt: fc.integer({ min: 0, max: 2 ** 53 - 1 }),
  value: fc.double(),
  quality: fc.constantFrom(...Object.values(QUALITY)),
  text: fc.option(fc.string()),
})

test('what goes into columns comes out as the same readings, in the same order', () => {
  fc.assert(
    fc.property(fc.array(row), fc.integer({ min: 0 }), (rows, receivedAt) => {
      const readings = [...readingsOf(batchOf(sensors, receivedAt, rows))]
      expect(readings).toEqual(rows.map(({ sensor, ...rest }) => ({ sensor: sensors[sensor], receivedAt, ...rest })))
    }),
  )
})

test('a batch counts its rows, and the other freight counts as it should', () => {
  fc.assert(
    fc.property(fc.array(row), (rows) => {
      expect(countOf(batchOf(sensors, 0, rows))).toBe(rows.length)
    }),
  )
  expect(countOf({ kind: 'gap', sensors, from: 0, to: 1, cause: 'x', missing: 7 })).toBe(0)
})

test('readings without a word on quality are good, and texts travel only where there are any', () => {
  const batch = batchOf(sensors, 5, [{ sensor: 1, measuredAt: 4, value: 2.5 }])
  expect(batch.texts).toBeUndefined()
  expect([...readingsOf(batch)]).toEqual([{ sensor: 'a/2', measuredAt: 4, receivedAt: 5, value: 2.5, quality: 0, text: null }])
})
