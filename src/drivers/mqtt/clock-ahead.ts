import type { EpochMicros } from '../../readings/time.js'

/** A device clock that runs ahead of ours by more is wrong; one that is behind may be a message that waited. */
const MAX_AHEAD_MICROS = 2_000_000

/** Whether a source's time lies so far after its receipt that its clock cannot be right. */
export function isClockAhead(measuredAt: EpochMicros, receivedAt: EpochMicros): boolean {
  return measuredAt > receivedAt + MAX_AHEAD_MICROS
}
