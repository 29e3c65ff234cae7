import { setTimeout as delay } from 'node:timers/promises'
import type { Clock } from '../readings/clock.js'

/** The machine's own clock. `performance` gives microseconds between the wall clock's milliseconds. */
export const systemClock: Clock = {
  now: () => Date.now() * 1000 + microsWithinMs(),
  monotonicMs: () => performance.now(),
  sleep: async (ms, signal) => {
    await delay(ms, undefined, signal ? { signal } : {}).catch(() => undefined)
  },
}

function microsWithinMs(): number {
  return Math.floor((performance.now() % 1) * 1000)
}
