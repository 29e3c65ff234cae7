import { uptime } from 'node:os'
import { setTimeout as delay } from 'node:timers/promises'
import type { Clock } from '../readings/clock.js'
import type { EpochMicros } from '../readings/time.js'

/** Beyond this the wall clock has really been set; within it, milliseconds were cut off or slewed. */
const STEP_MS = 2
/** setTimeout takes no more (24.8 days) and fires at once instead. */
const LONGEST_TIMER_MS = 2 ** 31 - 1

/**
 * The machine's clock with microseconds: the wall clock, carried on by the monotonic one, so that it never runs backwards between two
 * readings unless somebody set it.
 */
export function createSystemClock(): Clock {
  let wallMinusMonotonicMs = Date.now() - performance.now()
  let latest: EpochMicros = 0
  const now = (): EpochMicros => {
    const wallMs = Date.now()
    if (Math.abs(wallMs - (performance.now() + wallMinusMonotonicMs)) > STEP_MS) {
      wallMinusMonotonicMs = wallMs - performance.now()
      latest = 0
    }
    latest = Math.max(latest, Math.floor((performance.now() + wallMinusMonotonicMs) * 1000))
    return latest
  }
  return { now, monotonicMs: () => performance.now(), uptimeMs: () => uptime() * 1000, sleep }
}

export const systemClock: Clock = createSystemClock()

async function sleep(ms: number, signal?: AbortSignal): Promise<void> {
  const until = performance.now() + ms
  for (let leftMs = ms; leftMs > 0 && signal?.aborted !== true; leftMs = until - performance.now()) {
    await delay(Math.min(leftMs, LONGEST_TIMER_MS), undefined, signal ? { signal } : {}).catch(() => undefined)
    if (leftMs <= LONGEST_TIMER_MS) return
  }
}
