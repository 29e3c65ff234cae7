import type { EpochMicros } from './time.js'

/** Names a sensor within a site (`pump-247/drive-end-velocity`), or is its address where no site names it. */
export type SensorKey = string

/** Many readings as columns; what travels on the 1 Hz to 100 Hz road. Row i is `sensors[sensor[i]]`. */
export interface Batch {
  readonly kind: 'batch'
  /** The connection's sensors; the `sensor` column indexes into it. */
  readonly sensors: readonly SensorKey[]
  /** Shape (n,). */
  readonly sensor: Uint16Array | Uint32Array
  /** Shape (n,), EpochMicros: source time where the device gives one, else the time of receipt. */
  readonly measuredAt: Float64Array
  readonly receivedAt: EpochMicros
  /** Shape (n,), in the sensor's unit; booleans 0/1; NaN where there is only a text; meaningless where quality is bad. */
  readonly value: Float64Array
  /** Shape (n,), codes of quality.ts. */
  readonly quality: Uint8Array
  /** Only where a sensor speaks text or states, or an integer beyond 2^53 (exactly); where quality is bad, why. */
  readonly texts?: readonly (string | null)[]
}

/** A block of evenly spaced samples of one sensor, in the sensor's unit. */
export interface Waveform {
  readonly kind: 'waveform'
  readonly sensor: SensorKey
  /** Time of the first sample. */
  readonly startedAt: EpochMicros
  readonly receivedAt: EpochMicros
  readonly sampleRateHz: number
  /** Shape (n,). Whoever hands it over never writes to it again: a sink may keep it until it is flushed. */
  readonly samples: Float32Array | Float64Array
  readonly quality: number
  /** The sender's block counter where it has one, so that a lost block shows. */
  readonly sequence?: number
}

/** A stretch where nothing was measured. */
export interface Gap {
  readonly kind: 'gap'
  readonly sensors: readonly SensorKey[]
  readonly from: EpochMicros
  readonly to: EpochMicros
  /** What happened, e.g. `connection lost: ECONNRESET`. */
  readonly cause: string
  /** How many measurements were lost, where that can be counted; null where it cannot. */
  readonly missing: number | null
}

export type EventKind = 'connection' | 'clock' | 'configuration' | 'alert' | 'mark' | 'device' | 'recording'

/** Something that happened at a moment: a connection came back, the clock stepped, somebody left a mark. */
export interface Happening {
  readonly kind: 'event'
  readonly at: EpochMicros
  readonly event: EventKind
  readonly severity: 'note' | 'warning' | 'fault'
  readonly text: string
  readonly sensors: readonly SensorKey[]
  /** It comes out of a recording: whoever acts on events has acted on this one already. */
  readonly isReplayed?: true
}

export type Measurement = Batch | Waveform | Gap
/** What travels to the sinks. */
export type Freight = Measurement | Happening

/** How many readings (or waveform blocks) this is, for the conservation law produced = stored + buffered + dropped. */
export function countOf(freight: Freight): number {
  switch (freight.kind) {
    case 'batch':
      return freight.value.length
    case 'waveform':
      return 1
    case 'gap':
    case 'event':
      return 0
  }
}
