import type { EpochMicros } from './time.js'

/** Time as a service: nothing below the edge asks the machine for it. */
export interface Clock {
  /** Wall clock; may step. */
  now(): EpochMicros
  /** Milliseconds since an arbitrary start; never goes back, and stands still while the machine sleeps. Durations come from here. */
  monotonicMs(): number
  /** Milliseconds since the machine started, those it slept included; absent where nobody can tell. */
  uptimeMs?(): number
  /** Resolves after `ms`, or at once when the signal aborts (never rejects). */
  sleep(ms: number, signal?: AbortSignal): Promise<void>
}

/** How this machine's clock compares with a time server's, or why nobody can tell. */
export type ClockComparison =
  | {
      /** `host` or `host:port`. */
      readonly server: string
      /** Server's time − our time: positive where our clock is behind. True to half the round trip. */
      readonly offsetMs: number
      readonly roundTripMs: number
      /** 1: a reference clock hangs on it; 15: far from one. */
      readonly stratum: number
    }
  | { readonly server: string | null; readonly offsetMs: null; readonly because: string }
