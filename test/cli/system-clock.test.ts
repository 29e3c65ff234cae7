import { describe, expect, it } from 'vitest'
import { createSystemClock } from '../../src/cli/system-clock.js'

describe('the machine’s clock', () => {
  it('never runs backwards between two readings, and stays within 3 ms of the wall clock', () => {
    const clock = createSystemClock()
    let before = clock.now()
    for (const until = performance.now() + 200; performance.now() < until; ) {
      const now = clock.now()
      expect(now).toBeGreaterThanOrEqual(before)
      before = now
    }
    expect(Math.abs(clock.now() / 1000 - Date.now())).toBeLessThan(3)
    expect(Number.isInteger(clock.now())).toBe(true)
  })

  it('sleeps longer than a timer can: thirty days are not over at once', async () => {
    const stop = new AbortController()
    const slept = createSystemClock()
      .sleep(30 * 86_400_000, stop.signal)
      .then(() => 'over')
    const first = await Promise.race([slept, new Promise((resolve) => setTimeout(() => resolve('asleep'), 50))])
    stop.abort()
    expect(first).toBe('asleep')
    expect(await slept).toBe('over')
  })
})
