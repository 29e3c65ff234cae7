import type { CompareClock } from '../acquisition/clock-reference.js'
import type { Surroundings } from '../drivers/contract.js'
import type { Sink } from '../sinks/contract.js'
import { clockComparison } from './compare-clock.js'
import { keepRecording } from './keep-recording.js'
import type { RecordingWishes } from './recording-flags.js'

/** The recording beside a `watch`. */
export interface WatchRecording {
  readonly path: string
  readonly sink: Sink
  readonly parts: () => number
  readonly flushIntervalMs: number
  /** A recording says how good the clock was. */
  readonly compareClock: CompareClock
}

export async function watchRecording(path: string, wishes: RecordingWishes, around: Surroundings): Promise<WatchRecording> {
  const kept = await keepRecording(path, wishes, around)
  const compareClock = clockComparison(wishes.ntp, around)
  const { flush: flushIntervalMs } = wishes
  return { path, flushIntervalMs, compareClock, sink: kept.sink, parts: () => kept.progress().parts }
}
