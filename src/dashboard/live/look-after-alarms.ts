import type { Clock } from '../../readings/clock.js'
import type { EpochMicros } from '../../readings/time.js'
import { tellLate } from './alarms.js'
import { endShelves } from './attend.js'
import type { LiveState } from './live-state.js'
import { tellNews } from './reduce.js'
import { settleSilent } from './watch-limits.js'

const EVERY_MS = 1000

/**
 * Once a second, however often it is called: delays of sensors that are silent end, what was held back is told, and whoever's time on the shelf is over
 * comes off it. What is replayed has only the time that it carries.
 */
export function alarmWatch(clock: Clock): (live: LiveState, now: EpochMicros) => void {
  let lookedAtMs = Number.NEGATIVE_INFINITY
  return (live, now) => {
    const nowMs = clock.monotonicMs()
    if (nowMs - lookedAtMs < EVERY_MS) return
    lookedAtMs = nowMs
    if (live.readings === 'of-now') for (const news of settleSilent(live, now)) tellNews(live, news)
    for (const late of tellLate(live, now)) tellNews(live, late)
    for (const ended of endShelves(live, now)) tellNews(live, ended)
  }
}
