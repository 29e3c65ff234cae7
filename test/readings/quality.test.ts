import fc from 'fast-check'
import { expect, test } from 'vitest'
import { isBad, isGood, QUALITY, qualityOf } from '../../src/readings/quality.js'

test('every byte is exactly one of good, uncertain and bad', () => {
  for (let code = 0; code < 256; code++) {
    const { level, reason } = qualityOf(code)
    expect(level).toBe(isGood(code) ? 'good' : isBad(code) ? 'bad' : 'uncertain')
    expect(reason === null || QUALITY[reason] === code).toBe(true)
  }
})

test('every reason has a byte of its own and comes back from it', () => {
  const codes = Object.values(QUALITY)
  expect(new Set(codes).size).toBe(codes.length)
  for (const [reason, code] of Object.entries(QUALITY)) {
    expect(Uint8Array.of(code)[0]).toBe(code)
    if (code !== 0) expect(qualityOf(code).reason).toBe(reason)
  }
})

test('the levels are where the design puts the reasons', () => {
  const levels = Object.fromEntries(Object.entries(QUALITY).map(([reason, code]) => [reason, qualityOf(code).level]))
  expect(levels).toEqual({
    good: 'good',
    stale: 'uncertain',
    'out-of-range': 'uncertain',
    uncalibrated: 'uncertain',
    'clock-unsynced': 'uncertain',
    'device-uncertain': 'uncertain',
    unverified: 'uncertain',
    'no-response': 'bad',
    'device-fault': 'bad',
    undecodable: 'bad',
    'not-configured': 'bad',
  })
})

test('a code that this version does not know keeps its level', () => {
  fc.assert(
    fc.property(fc.integer({ min: 0, max: 255 }), (code) => {
      expect(qualityOf(code).level === 'bad').toBe(code > 127)
    }),
  )
})
