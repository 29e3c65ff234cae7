import fc from 'fast-check'
import { expect, test } from 'vitest'
import { formatMicros, parseDurationMs, parseMicros } from '../../src/readings/time.js'

const micros = fc.integer({ min: -62_135_596_800_000_000, max: 2 ** 53 - 1 })

test('every microsecond prints and reads back the same', () => {
  fc.assert(
    fc.property(micros, (at) => {
      expect(parseMicros(formatMicros(at))).toBe(at)
    }),
    { numRuns: 2000 },
  )
})

test('later moments print to texts that sort later', () => {
  fc.assert(
    fc.property(micros, micros, (a, b) => {
      expect(Math.sign(a - b)).toBe(Math.sign(formatMicros(a).localeCompare(formatMicros(b), 'en', {})))
    }),
  )
})

/** Seconds since the epoch: `date -ud @N` of GNU coreutils. */
test.each([
  ['1970-01-01T00:00:00Z', 0],
  ['1969-12-31T23:59:59.999999Z', -1],
  ['2001-09-09T01:46:40Z', 1e15],
  ['2026-11-22T16:04:05.123456+01:00', 1_795_359_845_123_456],
  ['2026-11-22 15:04:05.123456Z', 1_795_359_845_123_456],
  ['2026-11-22t15:04:05.1z', 1_795_359_845_100_000],
  ['2026-11-22T15:04:05.123456789Z', 1_795_359_845_123_456],
  ['1969-12-31T23:59:59.9Z', -100_000],
  ['2024-02-29T00:00:00Z', 1_709_164_800_000_000],
])('%s is %d µs', (text, at) => {
  expect(parseMicros(text)).toBe(at)
})

test.each([
  ['2026-02-30T00:00:00Z'],
  ['2025-02-29T00:00:00Z'],
  ['2026-13-01T00:00:00Z'],
  ['2026-01-01T25:00:00Z'],
  ['2026-01-01T00:60:00Z'],
  ['2026-01-01T00:00:00'],
  ['2026-01-01'],
  ['2026-01-01T00:00:00+25:00'],
  ['yesterday'],
  [''],
])('%s is no moment', (text) => {
  expect(parseMicros(text)).toBeUndefined()
})

test.each([
  ['30s', 30_000],
  ['500ms', 500],
  ['1.5h', 5_400_000],
  ['20', 20_000],
  ['2 min', 120_000],
  ['2m', 120_000],
  ['1d', 86_400_000],
  ['1w', 604_800_000],
  ['1y', 31_536_000_000],
  ['250us', 0.25],
  ['250µs', 0.25],
  ['0s', 0],
])('%s lasts %d ms', (text, ms) => {
  expect(parseDurationMs(text)).toBeCloseTo(ms, 9)
})

test.each([['-1s'], ['1M'], ['s'], [''], ['1,5s'], ['1e3s'], ['Infinity'], ['1 s s']])('%j is no duration', (text) => {
  expect(parseDurationMs(text)).toBeUndefined()
})
