import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { SampleTape } from '../../../src/dashboard/live/sample-tape.js'
import { QUALITY } from '../../../src/readings/quality.js'

const RATE_HZ = 1000

function block(from: number, length: number, more: { readonly sequence?: number; readonly lateMicros?: number } = {}) {
  const { lateMicros = 0, ...rest } = more
  const startedAt = (from / RATE_HZ) * 1e6 + lateMicros
  const samples = Float64Array.from({ length }, (_, index) => from + index)
  return {
    kind: 'waveform',
    sensor: 'a',
    startedAt,
    receivedAt: startedAt,
    sampleRateHz: RATE_HZ,
    samples,
    quality: QUALITY.good,
    ...rest,
  } as const
}

describe('a tape of samples', () => {
  it('holds the last ones in their order, whatever the length of the blocks', () => {
    fc.assert(
      fc.property(
        fc.array(fc.integer({ min: 1, max: 40 }), { minLength: 1, maxLength: 20 }),
        fc.integer({ min: 1, max: 40 }),
        (lengths, wanted) => {
          const tape = new SampleTape(32)
          let at = 0
          for (const length of lengths) {
            tape.push(block(at, length))
            at += length
          }
          const size = Math.min(at, 32, wanted)
          expect(tape.count).toBe(at)
          expect(tape.endsAt).toBeCloseTo((at / RATE_HZ) * 1e6)
          expect([...tape.latest(wanted)]).toEqual(Array.from({ length: size }, (_, index) => at - size + index))
        },
      ),
    )
  })

  it('begins anew where a block is missing, by its counter or by its time', () => {
    const counted = new SampleTape(64)
    counted.push(block(0, 10, { sequence: 1 }))
    counted.push(block(10, 10, { sequence: 3 }))
    expect(counted.count).toBe(10)
    const timed = new SampleTape(64)
    timed.push(block(0, 10))
    timed.push(block(20, 10))
    expect([...timed.latest(64)]).toEqual([20, 21, 22, 23, 24, 25, 26, 27, 28, 29])
  })

  it('takes blocks whose time is stamped a little off for what they are', () => {
    const tape = new SampleTape(64)
    tape.push(block(0, 10))
    tape.push(block(10, 10, { lateMicros: 4000 }))
    tape.push(block(20, 10, { lateMicros: -2000 }))
    expect(tape.count).toBe(30)
  })

  it('lets no stretch reach across a gap', () => {
    const tape = new SampleTape(64)
    tape.push(block(0, 10))
    tape.interrupt()
    tape.push(block(10, 10))
    expect(tape.latest(64)[0]).toBe(10)
  })
})
