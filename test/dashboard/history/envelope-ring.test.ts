import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { EnvelopeRing } from '../../../src/dashboard/history/envelope-ring.js'
import { sparkline } from '../../../src/dashboard/rows/sparkline.js'

const STEP_MS = 250

describe('the envelope ring', () => {
  it('says lowest, highest and mean per step as a plain list of all values would', () => {
    const readings = fc.array(fc.record({ stepMs: fc.integer({ min: 0, max: 900 }), value: fc.integer({ min: -1000, max: 1000 }) }), {
      minLength: 1,
      maxLength: 200,
    })
    fc.assert(
      fc.property(readings, (list) => {
        const ring = new EnvelopeRing(STEP_MS, 40)
        const all = new Map<number, number[]>()
        let at = 1_800_000_000_000
        for (const { stepMs, value } of list) {
          at += stepMs
          ring.push(at, value, 'good')
          all.set(ring.slotOf(at), [...(all.get(ring.slotOf(at)) ?? []), value])
        }
        for (let slot = ring.slotOf(at) - 39; slot <= ring.slotOf(at); slot++) {
          const values = all.get(slot)
          if (!values) {
            expect(ring.mean(slot)).toBeNaN()
            continue
          }
          expect(ring.low(slot)).toBe(Math.min(...values))
          expect(ring.high(slot)).toBe(Math.max(...values))
          expect(ring.mean(slot)).toBeCloseTo(values.reduce((sum, value) => sum + value) / values.length, 2)
        }
      }),
    )
  })

  it('keeps the small steps of a large counter', () => {
    const ring = new EnvelopeRing(STEP_MS, 10)
    ring.push(0, 1e9, 'good')
    ring.push(STEP_MS, 1e9 + 1, 'good')
    expect(ring.mean(1) - ring.mean(0)).toBe(1)
  })
})

describe('the sparkline', () => {
  it('leaves columns without a value blank and scales the rest to their own range', () => {
    const ring = new EnvelopeRing(STEP_MS, 100)
    for (const [slot, value] of [
      [0, 0],
      [4, 7],
      [12, 3.5],
    ] as const)
      ring.push(slot * STEP_MS, value, 'good')
    expect(sparkline(ring, { columns: 4, untilSlot: 16, slotsPerColumn: 4 })).toBe('▁█ ▅')
  })
})
