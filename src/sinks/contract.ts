import type { Asset } from '../readings/asset.js'
import type { ClockComparison } from '../readings/clock.js'
import type { Freight, Happening, SensorKey } from '../readings/measurement.js'
import type { Sensor } from '../readings/sensor.js'
import type { EpochMicros } from '../readings/time.js'

/** All that is known before a run begins. */
export interface RunStart {
  readonly startedAt: EpochMicros
  readonly sensors: readonly Sensor[]
  readonly assets: readonly Asset[]
  readonly site: string | null
  readonly tool: string
  /** What the run was asked to do, e.g. the command line without secrets. */
  readonly purpose: string
  /** How this machine's clock compared with a time server's; null where nobody was asked. */
  readonly clock?: ClockComparison | null
}

export type EndedBy = 'duration' | 'interrupt' | 'end-of-input' | 'fault'

export interface Drop {
  readonly count: number
  readonly from: EpochMicros
  readonly to: EpochMicros
  readonly cause: string
}

/** The conservation law of one sink: taken = stored + buffered + dropped. Counts readings and waveform blocks (countOf). */
export interface Tally {
  readonly stored: number
  readonly buffered: number
  readonly dropped: number
  readonly drops: readonly Drop[]
  /** Readings that said nothing new and were left out on purpose (deadband); not part of the law. */
  readonly leftOut?: number
  /** How much of what is buffered lies safe on the disk, for a later run to deliver; only where a sink spools. */
  readonly spooled?: number
  /** What earlier runs had left for this sink to deliver; not part of this run's law. */
  readonly earlier?: { readonly stored: number; readonly buffered: number; readonly dropped: number }
}

/** A sensor that a sink cannot take under its name. */
export interface Refusal {
  readonly key: SensorKey
  readonly because: string
}

/**
 * Whatever takes measurements. `take` is called with one thing at a time and awaited, so a sink that must not lose simply
 * takes its time; the road keeps a bounded queue before it. A sink that may lose says so in `policy`.
 */
export interface Sink {
  readonly name: string
  /** `wait`: the road waits for it. `latest`: when it lags, older freight is dropped and counted. */
  readonly policy: 'wait' | 'latest'
  /** How long the end of a run waits for a `take` that hangs; for ever where it is undefined, as what must not be lost asks for. */
  readonly patienceMs?: number
  /** `tell` says something to the other sinks, e.g. that a far end is away; for few words, it is not bounded. */
  start(run: RunStart, tell?: (happening: Happening) => void): Promise<void>
  /**
   * More sensors, or the same described anew, before any freight of theirs; called between start and close, also while a `take` is under way.
   * Freight of sensors that it refuses does not come. Left out by sinks that need not know.
   */
  extend?(sensors: readonly Sensor[]): Promise<readonly Refusal[]> | readonly Refusal[]
  take(freight: Freight): Promise<void> | void
  /** Flushes and closes. Called exactly once, also after a failure. */
  close(endedBy: EndedBy): Promise<void>
  tally(): Tally
}
