import { uptime } from 'node:os'
import { setTimeout as delay } from 'node:timers/promises'
import type { Clock } from '../readings/clock.js'
import type { EpochMicros } from '../readings/time.js'

/** Beyond this the wall clock has really been set; within it, milliseconds were cut off or slewed. */
const STEP_MS = 2
/** Under load a single look may take long. */
const LOOKS = 5
/** setTimeout takes no more (24.8 days) and fires at once instead. */
const LONGEST_TIMER_MS = 2 ** 31 - 1

/**
 * The machine's clock with microseconds: the wall clock, carried on by the monotonic one, so that it never runs backwards between two
 * readings unless somebody set it.
 */
export function createSystemClock(): Clock {
  // To the microsecond, where Date.now() cuts milliseconds off.
  let wallMinusMonotonicMs = performance.timeOrigin
  let latest: EpochMicros = 0
  const now = (): EpochMicros => {
    const { wallMs, fromMs, toMs } = look()
    if (wallMs + 1 < fromMs + wallMinusMonotonicMs - STEP_MS || wallMs > toMs + wallMinusMonotonicMs + STEP_MS) {
      wallMinusMonotonicMs = wallMs + 0.5 - (fromMs + toMs) / 2
      latest = 0
    }
    latest = Math.max(latest, Math.floor((performance.now() + wallMinusMonotonicMs) * 1000))
    return latest
  }
  return { now, monotonicMs: () => performance.now(), uptimeMs: () => uptime() * 1000, sleep }
}

/** The wall clock between two looks at the monotonic one: a process may be set aside in between, and that is no step. */
function look(): { readonly wallMs: number; readonly fromMs: number; readonly toMs: number } {
  for (let attempt = 1; ; attempt++) {
    const fromMs = performance.now()
    const wallMs = Date.now()
    const toMs = performance.now()
    if (toMs - fromMs < 1 || attempt === LOOKS) return { wallMs, fromMs, toMs }
  }
}

export const systemClock: Clock = createSystemClock()

async function sleep(ms: number, signal?: AbortSignal): Promise<void> {
  const until = performance.now() + ms
  for (let leftMs = ms; leftMs > 0 && signal?.aborted !== true; leftMs = until - performance.now()) {
    await delay(Math.min(leftMs, LONGEST_TIMER_MS), undefined, signal ? { signal } : {}).catch(() => undefined)
    if (leftMs <= LONGEST_TIMER_MS) return
  }
}
