import { describe, expect, it } from 'vitest'
import { frameIntervalMs } from '../../../src/dashboard/screen/frame-interval.js'
import { afterWrite, FRESH_LINE, type LineSpeed } from '../../../src/dashboard/screen/line-speed.js'

/** A write each second from `fromMs` on. */
function writes(line: LineSpeed, count: number, how: { readonly tookMs: number; readonly fromMs: number }): LineSpeed {
  let now = line
  for (let index = 0; index < count; index++) now = afterWrite(now, { tookMs: how.tookMs, nowMs: how.fromMs + index * 1000 })
  return now
}

describe('the speed of a line', () => {
  it('is slow after three long writes in a row, or one that stalls, and not after a single long one', () => {
    expect(writes(FRESH_LINE, 2, { tookMs: 400, fromMs: 0 }).speed).toBe('fast')
    expect(writes(FRESH_LINE, 3, { tookMs: 400, fromMs: 0 }).speed).toBe('slow')
    expect(writes(FRESH_LINE, 1, { tookMs: 5000, fromMs: 0 }).speed).toBe('slow')
    expect(writes(writes(FRESH_LINE, 2, { tookMs: 400, fromMs: 0 }), 1, { tookMs: 1, fromMs: 2000 }).against).toBe(0)
  })

  it('is trusted again after half a minute of short writes, and after a relapse only after longer', () => {
    const slow = writes(FRESH_LINE, 1, { tookMs: 5000, fromMs: 0 })
    expect(writes(slow, 29, { tookMs: 1, fromMs: 1000 }).speed).toBe('slow')
    const trusted = writes(slow, 31, { tookMs: 1, fromMs: 1000 })
    expect(trusted.speed).toBe('fast')
    const relapsed = afterWrite(trusted, { tookMs: 5000, nowMs: 40_000 })
    expect(writes(relapsed, 45, { tookMs: 1, fromMs: 41_000 }).speed).toBe('slow')
    expect(writes(relapsed, 62, { tookMs: 1, fromMs: 41_000 }).speed).toBe('fast')
  })
})

describe('frames', () => {
  it('come five a second, and one a second on a slow line, behind another window, or when nobody has touched a key for a quarter of an hour', () => {
    const attended = { bandwidth: 'normal', focus: 'focus', idleMs: 1000 } as const
    expect(frameIntervalMs(attended)).toBe(200)
    expect(frameIntervalMs({ ...attended, bandwidth: 'low' })).toBe(1000)
    expect(frameIntervalMs({ ...attended, focus: 'no-focus' })).toBe(1000)
    expect(frameIntervalMs({ ...attended, idleMs: 3_600_000 })).toBe(1000)
  })
})
