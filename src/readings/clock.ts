import type { EpochMicros } from './time.js'

/** Time as a service: nothing below the edge asks the machine for it. */
export interface Clock {
  /** Wall clock; may step. */
  now(): EpochMicros
  /** Milliseconds since an arbitrary start; never goes back. Durations come from here. */
  monotonicMs(): number
  /** Resolves after `ms`, or at once when the signal aborts (never rejects). */
  sleep(ms: number, signal?: AbortSignal): Promise<void>
}
