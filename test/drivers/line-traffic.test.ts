import { describe, expect, test } from 'vitest'
import { TrafficCount } from '../../src/drivers/line-traffic.js'

describe('what a line asked', () => {
  test('is not known before anything was asked', () => {
    expect(new TrafficCount().read()).toBeNull()
  })

  test('is the sum of what became of its questions', () => {
    const traffic = new TrafficCount()
    for (const ms of [4, 2, 9]) traffic.count('answered', ms)
    traffic.count('refused', 3)
    traffic.count('silent')
    traffic.count('spoilt')
    traffic.countRepeat()
    expect(traffic.read()).toEqual({
      asked: 6,
      answered: 3,
      refused: 1,
      silent: 1,
      spoilt: 1,
      repeated: 1,
      roundTripMs: { median: 4, slowest: 9 },
    })
  })

  test('has no round trip where nobody answered, and that of the latest answers only', () => {
    const traffic = new TrafficCount()
    traffic.count('silent')
    expect(traffic.read()?.roundTripMs).toBeNull()
    traffic.count('answered', 1000)
    for (let n = 0; n < 128; n++) traffic.count('answered', 5)
    expect(traffic.read()?.roundTripMs).toEqual({ median: 5, slowest: 5 })
  })
})
