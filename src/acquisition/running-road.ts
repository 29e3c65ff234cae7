import type { LineTraffic } from '../drivers/line-traffic.js'
import type { Happening } from '../readings/measurement.js'
import type { EpochMicros } from '../readings/time.js'
import type { Tally } from '../sinks/contract.js'
import type { LineState } from './line.js'
import type { Resolved } from './resolve-sensors.js'
import type { SensorChanges } from './sensor-changes.js'

/** Where a run stands. */
export interface RoadStatus {
  readonly startedAt: EpochMicros
  readonly produced: number
  readonly gaps: number
  readonly sensors: {
    readonly total: number
    /** Have not given a single value yet. */
    readonly silent: number
    /** Gave a bad reading last. */
    readonly bad: number
  }
  readonly lines: readonly {
    readonly name: string
    readonly state: LineState
    /** What was last wrong with it; null while it is open. */
    readonly because: string | null
    /** How long it has been so. */
    readonly sinceMs: number
    /** Since it was begun; null where its driver asks nothing, or has not yet. */
    readonly traffic: LineTraffic | null
  }[]
  readonly sinks: readonly { readonly name: string; readonly tally: Tally }[]
}

/** A run that is under way, for whoever looks after it. */
export interface RunningRoad {
  /** Aborts when the run is ending. */
  readonly signal: AbortSignal
  /** `ready` when every sink has started and, unless it keeps trying, a line is open. */
  readonly ready: Promise<'ready' | 'never'>
  readonly status: () => RoadStatus
  /** What the driver of a line has asked; null where it asks nothing, has not yet, or there is no such line. */
  readonly traffic: (line: string) => LineTraffic | null
  /**
   * From now on these sensors; lines whose sensors stay the same do not notice. One change at a time.
   * @throws DriverFault for an address that nobody understands; nothing has changed then.
   */
  readonly reconfigure: (wanted: Resolved) => Promise<SensorChanges>
  /** Tells every sink. */
  readonly tell: (happening: Happening) => Promise<void>
}
