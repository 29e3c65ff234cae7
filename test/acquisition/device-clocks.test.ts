import { describe, expect, it } from 'vitest'
import { DeviceClocks } from '../../src/acquisition/device-clocks.js'
import type { Batch } from '../../src/readings/measurement.js'

const T0 = 1_700_000_000_000_000

/** One reading of each of two devices, whose clocks are off by so much, with some delay on the way. */
function batch(n: number, behindS: readonly number[], delayS: number): Batch {
  const receivedAt = T0 + n * 1e6
  return {
    kind: 'batch',
    sensors: ['a/x', 'b/y'],
    sensor: Uint16Array.from(behindS.keys()),
    measuredAt: Float64Array.from(behindS, (offset) => receivedAt - (offset + delayS) * 1e6),
    receivedAt,
    value: new Float64Array(behindS.length),
    quality: new Uint8Array(behindS.length),
  }
}

describe('device clocks', () => {
  it('flags the one device that is off, by the smallest delay of several', () => {
    const clocks = new DeviceClocks()
    const news = [0.9, 0.2, 0.4, 0.3, 0.5].flatMap((delay, n) => clocks.hear(batch(n, [0, 90], delay)))
    expect(news).toHaveLength(1)
    expect(news[0]).toMatchObject({ event: 'clock', severity: 'warning', sensors: ['b/y'] })
    expect(news[0]?.text).toContain('90 s behind')
    expect(clocks.offsetsMs().get('b/y')).toBeCloseTo(90_200)
  })

  it('flags clocks ahead of ours, and says when they agree again', () => {
    const clocks = new DeviceClocks()
    const ahead = [1, 2, 3].flatMap((n) => clocks.hear(batch(n, [-3600], 0.1)))
    expect(ahead.map(({ text }) => text)).toEqual([expect.stringContaining('3600 s ahead')])
    const mended = Array.from({ length: 80 }, (_, n) => clocks.hear(batch(n + 4, [0], 0.1))).flat()
    expect(mended).toMatchObject([{ severity: 'note', text: expect.stringContaining('agrees') as string }])
  })

  it('is not misled by old readings that come first', () => {
    const clocks = new DeviceClocks()
    expect([500, 500, 0.1, 0.1].flatMap((delay, n) => clocks.hear(batch(n, [0], delay)))).toEqual([])
  })

  it('takes a value that stands for hours for what it is, and not for a clock that is behind', () => {
    const clocks = new DeviceClocks()
    const standing = Array.from({ length: 100 }, (_, n) => ({ ...batch(n, [0], 0), measuredAt: Float64Array.of(T0 - 3600e6) }))
    expect(standing.flatMap((one) => clocks.hear(one))).toEqual([])
    // The same stamp on values that move is a clock that stands still.
    const moving = standing.map((one, n) => ({ ...one, value: Float64Array.of(n) }))
    expect(moving.flatMap((one) => clocks.hear(one))[0]).toMatchObject({ event: 'clock', severity: 'warning' })
  })

  it('knows nothing of devices that stamp nothing', () => {
    const clocks = new DeviceClocks()
    for (let n = 0; n < 10; n++) clocks.hear(batch(n, [0], 0))
    expect(clocks.offsetsMs().size).toBe(0)
  })
})
