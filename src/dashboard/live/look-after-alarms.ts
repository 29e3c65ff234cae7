import type { Clock } from '../../readings/clock.js'
import type { EpochMicros } from '../../readings/time.js'
import { tellLate } from './alarms.js'
import { endShelves } from './attend.js'
import type { LiveState } from './live-state.js'
import { tellNews } from './reduce.js'

const EVERY_MS = 1000

/** Once a second, however often it is called: what was held back is told, and whoever's time on the shelf is over comes off it. */
export function alarmWatch(clock: Clock): (live: LiveState, now: EpochMicros) => void {
  let lookedAtMs = Number.NEGATIVE_INFINITY
  return (live, now) => {
    const nowMs = clock.monotonicMs()
    if (nowMs - lookedAtMs < EVERY_MS) return
    lookedAtMs = nowMs
    for (const late of tellLate(live, now)) tellNews(live, late)
    for (const ended of endShelves(live, now)) tellNews(live, ended)
  }
}
