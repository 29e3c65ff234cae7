import type { NeighbourRecord, TimedRecord } from '../../commissioning/find-response.js'
import type { SensorKey } from '../../readings/measurement.js'
import type { EpochMicros } from '../../readings/time.js'
import type { LiveState } from '../live/live-state.js'

/** Longer ago the machine may have been another one. */
const QUIET_MS = 120_000
/** As many as are looked at without holding up a key; those of the same asset come first. */
const NEIGHBOURS = 1000

type Past = Pick<LiveState, 'indexOf' | 'histories'>

/** What the history knows of a sensor around the moment when it was armed: step means of 250 ms, empty steps left out. */
export function stimulusRecord(live: Past, sensor: SensorKey, since: EpochMicros): TimedRecord {
  return recordOf(live, live.indexOf.get(sensor) ?? -1, since)
}

/** The same of the others, by their own clocks. */
export function neighbourRecords(
  live: Past & Pick<LiveState, 'sensors'>,
  sensor: SensorKey,
  since: EpochMicros,
): readonly NeighbourRecord[] {
  const asset = live.sensors[live.indexOf.get(sensor) ?? -1]?.asset
  const others = live.sensors.filter(({ key }) => key !== sensor)
  const near = others.filter((other) => asset !== undefined && other.asset === asset)
  const far = others.filter((other) => asset === undefined || other.asset !== asset)
  return [...near, ...far].slice(0, NEIGHBOURS).map(({ key }) => ({ sensor: key, ...stimulusRecord(live, key, since) }))
}

function recordOf({ histories }: Past, row: number, since: EpochMicros): TimedRecord {
  const ring = histories[row]?.finest
  if (!ring) return { quiet: [], armed: [], armedAtMs: [] }
  const armedAt = ring.slotOf(since / 1000)
  const from = Math.max(ring.oldestSlot, armedAt - Math.ceil(QUIET_MS / ring.stepMs))
  const quiet: number[] = []
  const armed: number[] = []
  const armedAtMs: number[] = []
  for (let slot = from; slot <= ring.newestSlot; slot++) {
    const value = ring.mean(slot)
    if (!Number.isFinite(value)) continue
    if (slot < armedAt) quiet.push(value)
    else {
      armed.push(value)
      armedAtMs.push(slot * ring.stepMs)
    }
  }
  return { quiet, armed, armedAtMs }
}
