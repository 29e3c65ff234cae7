import type { Clock } from '../readings/clock.js'
import type { EpochMicros } from '../readings/time.js'

/** A sleeper that is later than this (a suspended laptop) skips what it missed instead of sending it all at once. */
const LONGEST_LAG_S = 5
const DRIFT_START_US = 2_500_000
const DRIFT_US_PER_S = 5000

/** The plant's time: seconds since its start. All values are functions of it; the wall clock is for stamps only. */
export interface PlantTime {
  readonly startedAt: EpochMicros
  elapsedS(): number
  /** What the devices' own clocks say at a plant time. */
  stampAt(timeS: number): EpochMicros
  /** Resolves at a plant time, or at once when the signal aborts. */
  until(timeS: number, signal: AbortSignal): Promise<void>
}

export function plantTime(clock: Clock, deviceClocks: 'right' | 'drifting'): PlantTime {
  // Whole milliseconds, as OPC UA libraries hold no finer stamp: then a block carries the same start over every protocol.
  const startedAt = 1000 * Math.floor(clock.now() / 1000)
  const startMs = clock.monotonicMs()
  const elapsedS = (): number => (clock.monotonicMs() - startMs) / 1000
  return {
    startedAt,
    elapsedS,
    stampAt: (timeS) => {
      const drift = deviceClocks === 'drifting' ? DRIFT_START_US + DRIFT_US_PER_S * timeS : 0
      return startedAt + Math.round(1e6 * timeS + drift)
    },
    until: async (timeS, signal) => {
      const waitMs = (timeS - elapsedS()) * 1000
      if (waitMs > 0 && !signal.aborted) await clock.sleep(waitMs, signal)
    },
  }
}

/** Counts periods of plant time, 0 first, each when it is due; ends on abort. */
export async function* ticks(time: PlantTime, periodS: number, signal: AbortSignal): AsyncGenerator<number> {
  for (let tick = 0; ; tick++) {
    await time.until(tick * periodS, signal)
    if (signal.aborted) return
    if (time.elapsedS() - tick * periodS > LONGEST_LAG_S) tick = Math.floor(time.elapsedS() / periodS)
    yield tick
  }
}
