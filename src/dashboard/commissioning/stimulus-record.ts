import type { StimulusRecord } from '../../commissioning/find-response.js'
import type { SensorKey } from '../../readings/measurement.js'
import type { EpochMicros } from '../../readings/time.js'
import type { LiveState } from '../live/live-state.js'

/** Longer ago the machine may have been another one. */
const QUIET_MS = 120_000

/** What the history knows of a sensor around the moment when it was armed: step means of 250 ms, empty steps left out. */
export function stimulusRecord(live: Pick<LiveState, 'indexOf' | 'histories'>, sensor: SensorKey, since: EpochMicros): StimulusRecord {
  const ring = live.histories[live.indexOf.get(sensor) ?? -1]?.finest
  if (!ring) return { quiet: [], armed: [] }
  const armedAt = ring.slotOf(since / 1000)
  const from = Math.max(ring.oldestSlot, armedAt - Math.ceil(QUIET_MS / ring.stepMs))
  const quiet: number[] = []
  const armed: number[] = []
  for (let slot = from; slot <= ring.newestSlot; slot++) {
    const value = ring.mean(slot)
    if (Number.isFinite(value)) (slot < armedAt ? quiet : armed).push(value)
  }
  return { quiet, armed }
}
