import { describe, expect, it } from 'vitest'
import { Intake } from '../../../src/drivers/mqtt/intake.js'
import type { Batch, Gap } from '../../../src/readings/measurement.js'

describe('the intake', () => {
  it('drops what does not fit and tells of it: produced = taken + dropped', () => {
    const intake = new Intake(['a', 'b'])
    const produced = 200_000
    for (let i = 0; i < produced; i++) intake.reading(i % 2, i, i, i, 0, null)
    const [batch, gap] = intake.take() as [Batch, Gap]
    expect(batch.value.length + (gap.missing ?? 0)).toBe(produced)
    expect(gap).toMatchObject({ kind: 'gap', sensors: ['a', 'b'], from: batch.value.length, to: produced - 1 })
    expect(intake.isEmpty).toBe(true)
  })

  it('counts dropped waveform blocks too', () => {
    const intake = new Intake(['a'])
    const block = { startedAt: 1, receivedAt: 2, sampleRateHz: 1, samples: new Float32Array(1 << 20), quality: 0 }
    for (let i = 0; i < 10; i++) intake.waveform(0, block)
    const taken = intake.take()
    const gap = taken.find(({ kind }) => kind === 'gap') as Gap
    expect(taken.filter(({ kind }) => kind === 'waveform').length + (gap.missing ?? 0)).toBe(10)
  })

  it('keeps texts beside their rows when the first comes late', () => {
    const intake = new Intake(['a'])
    intake.reading(0, 1, 1, 1, 0, null)
    intake.reading(0, 2, 2, Number.NaN, 0, 'open')
    intake.reading(0, 3, 3, 3, 0, null)
    expect(intake.take()).toEqual([expect.objectContaining({ texts: [null, 'open', null] })])
    intake.reading(0, 4, 4, 4, 0, null)
    expect(intake.take()[0]).not.toHaveProperty('texts')
  })
})
