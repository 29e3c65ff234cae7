import type { Surroundings } from '../../src/drivers/contract.js'
import type { Clock } from '../../src/readings/clock.js'

/** The machine's own time, for tests that talk to far ends that live in real time. */
export const machineClock: Clock = {
  now: () => Math.round((performance.timeOrigin + performance.now()) * 1000),
  monotonicMs: () => performance.now(),
  sleep: (ms, signal) =>
    new Promise((resolve) => {
      if (signal?.aborted) return resolve()
      const wake = (): void => {
        clearTimeout(timer)
        signal?.removeEventListener('abort', wake)
        resolve()
      }
      const timer = setTimeout(wake, ms)
      signal?.addEventListener('abort', wake, { once: true })
    }),
}

/** Surroundings with the machine's time and a short time-out; what a test needs otherwise it gives. */
export function surroundingsOf(given: Partial<Surroundings> = {}): Surroundings {
  return {
    signal: new AbortController().signal,
    clock: machineClock,
    log: { note: () => {}, warn: () => {} },
    timeoutMs: 1000,
    stateFolder: '/dev/null/nowhere',
    ...given,
  }
}
