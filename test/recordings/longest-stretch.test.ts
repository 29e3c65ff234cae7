import fc from 'fast-check'
import { expect, test } from 'vitest'
import { joinBlocks, type WaveformBlock } from '../../src/recordings/join-blocks.js'
import { searchLongestStretch } from '../../src/recordings/longest-stretch.js'

const TAIL_S = 0.5
const BLOCKS = fc.array(
  fc.record({
    length: fc.integer({ min: 0, max: 200 }),
    jumpMicros: fc.constantFrom(0, 0, 0, 5000, 400_000),
    sampleRateHz: fc.constantFrom(1000, 1000, 1000, 2000),
    quality: fc.constantFrom(0, 0, 0, 0, 1, 130),
    sequence: fc.constantFrom('next', 'next', 'next', 'jump'),
  }),
  { maxLength: 40 },
)

test('the longest stretch is found without samples where joining all blocks finds it, and its tail holds what is wanted of it', () => {
  fc.assert(
    fc.property(BLOCKS, (shapes) => {
      let at = 0
      let sequence = 0
      const blocks = shapes.map((shape): WaveformBlock => {
        at += shape.jumpMicros
        sequence += shape.sequence === 'next' ? 1 : 5
        const { sampleRateHz, quality, length } = shape
        const block = { startedAt: at, sampleRateHz, sequence, fragment: 0, quality, samples: new Float32Array(length) }
        at += (length / sampleRateHz) * 1e6
        return block
      })
      const search = searchLongestStretch(TAIL_S)
      for (const block of blocks) search.add({ ...block, samples: { length: block.samples.length } })
      const { longest, stretches } = search.end()

      const all = joinBlocks(blocks)
      expect(stretches).toBe(all.length)
      const [expected] = all.toSorted((a, b) => b.samples.length / b.sampleRateHz - a.samples.length / a.sampleRateHz)
      if (expected === undefined || longest === null) {
        expect(longest).toBe(expected ?? null)
        return
      }
      const { startedAt, sampleRateHz, samples } = expected
      expect(longest).toMatchObject({ startedAt, sampleRateHz, length: samples.length })
      const { firstRowAt, lastRowAt } = longest.tail
      const tail = joinBlocks(
        blocks.filter((block) => block.startedAt >= firstRowAt && block.startedAt <= lastRowAt && !isEmpty(block)),
      ).at(-1)
      const wanted = Math.min(samples.length, TAIL_S * sampleRateHz)
      expect(tail?.samples.length).toBeGreaterThanOrEqual(wanted)
      expect(tail?.samples.length).toBeLessThan(wanted + 200)
    }),
    { numRuns: 500 },
  )
})

function isEmpty({ samples }: WaveformBlock): boolean {
  return samples.length === 0
}

test('a rate of nothing makes no stretch', () => {
  const search = searchLongestStretch(60)
  search.add({ startedAt: 0, sampleRateHz: 0, sequence: null, fragment: 0, quality: 0, samples: { length: 10 } })
  search.add({ startedAt: 0, sampleRateHz: Number.NaN, sequence: null, fragment: 0, quality: 0, samples: { length: 10 } })
  expect(search.end()).toEqual({ longest: null, stretches: 0 })
})
