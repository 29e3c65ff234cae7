import type { DeviceClone } from '../clone/device-clone.js'
import type { ProfileChoice } from '../profiles/profile-choice.js'
import type { Clock } from '../readings/clock.js'
import type { Freight } from '../readings/measurement.js'
import type { ReplayPace } from '../readings/replay-pace.js'
import type { Sensor, SensorKind } from '../readings/sensor.js'
import type { WriteBounds } from '../readings/write-bounds.js'
import type { DriverFault } from './fault.js'
import type { TrafficCount } from './line-traffic.js'
import type { Identity, ProbeReport, ProbeWishes } from './probe-report.js'
import type { RawValues } from './raw-values.js'

/** What a driver may know of the world around it. Nothing reads the time, the environment or a random number by itself. */
export interface Surroundings {
  readonly signal: AbortSignal
  readonly clock: Clock
  readonly log: Log
  /** Secrets for a target, from the environment or a file; undefined where there are none. */
  readonly credentials?: (target: CredentialTarget) => Credentials | undefined
  /** How long one request may take. */
  readonly timeoutMs: number
  /** Told now and then during what takes long. */
  readonly progress?: (progress: Progress) => void
  /** A folder that a driver may keep its own files in (OPC UA certificates). */
  readonly stateFolder: string
  /** Stable names of serial adapters by the names they were opened with; whoever opens a line again and again gives the same one each time. */
  readonly adapters?: Map<string, string>
  /** Where a driver that asks counts what becomes of its questions; one that only listens leaves it alone. */
  readonly traffic?: TrafficCount
  /** Where a driver leaves what an answer held before it was decoded; left out where nobody looks. */
  readonly raw?: RawValues
  /** Whoever looks at a replay steers it; left out: it goes on at the pace of its address until it ends. */
  readonly pace?: ReplayPace
  /** Profiles of device types that a probe may try; loaded when it asks. */
  readonly profiles?: () => Promise<ProfileChoice>
}

export interface CredentialTarget {
  readonly scheme: string
  readonly host: string
  readonly port: number | null
  readonly user: string | null
}

export interface Credentials {
  readonly user: string
  readonly password: string
}

/** How far a long search has come, e.g. 120 of 254 hosts. */
export interface Progress {
  readonly done: number
  readonly total: number
  readonly what: string
  /** At the pace so far, where whoever searches can tell. */
  readonly leftMs?: number
}

/** Facts worth keeping; the edge decides where they go. */
export interface Log {
  readonly note: (text: string, facts?: Readonly<Record<string, unknown>>) => void
  readonly warn: (text: string, facts?: Readonly<Record<string, unknown>>) => void
}

/** How much a probe does to a device: listens only · asks who it is · reads values or opens sessions. */
export type SafetyClass = 'passive' | 'identify' | 'intrusive'

/** What a discovery would do, before it does it. */
export interface DiscoveryPlan {
  /** What would be sent, in words, in the order of sending. */
  readonly steps: readonly string[]
  /** The sum of the time-outs where nobody answers; null where nobody can tell. */
  readonly estimateMs: number | null
  /** The most that it takes where everybody who is asked answers in time and says who it is; left out or null where nobody can tell. */
  readonly allAnswerMs?: number | null
  readonly safety: SafetyClass
}

/** Something that discovery met. */
export interface Finding {
  /** What `probe` takes. */
  readonly address: string
  readonly description: string
  readonly access: 'open' | 'in-use' | 'permission-denied'
  /** 0–1: how sure it is that this is what the description says. */
  readonly confidence: number
  readonly identity: Identity | null
  /** How it was found, e.g. `answered function 43/14`. */
  readonly evidence: string
  readonly safety: SafetyClass
}

/**
 * A live connection to the sensors it was opened with.
 *
 * While the line is up, every polled sensor comes once per period, as good or as bad; pushed values come as they come.
 * A line that breaks makes `measurements()` throw a DriverFault with `retry`; the road (acquisition) turns that into a Gap and
 * opens again. It ends within 1 s of an abort. After disposal no timer, socket, port or listener is left.
 */
export interface Connection extends AsyncDisposable {
  /** Events only where what is opened has had its own, as a recording has. */
  measurements(): AsyncIterable<Freight>
}

export interface Driver {
  /** Yields as it finds; shows what it could not open instead of hiding it; reads only; stops on abort. `scope` is an address of this scheme, perhaps without port or path. */
  discover?(scope: string, around: Surroundings): AsyncIterable<Finding>
  /** What `discover` of the same scope would send, and how long that would take; touches nothing. */
  plan?(scope: string, limits: Pick<Surroundings, 'timeoutMs'>): DiscoveryPlan
  /** Cheap; leaves everything closed. */
  probe(address: string, around: Surroundings, wishes?: ProbeWishes): Promise<ProbeReport>
  /** Sensors that share a line (see `locate`). May be called again after a failure. */
  open(sensors: readonly Sensor[], around: Surroundings): Promise<Connection>
  /** Captures a device so that it can be served again; reads only. */
  clone?(address: string, options: CloneOptions, around: Surroundings): Promise<CloneReport>
  /**
   * What an address of this driver means, without touching anything.
   * @throws DriverFault ADDRESS_INVALID that says which part is wrong and gives an example.
   */
  locate(address: string): Location
  /**
   * Set where devices state units: a probe of a value's address tells unit and kind, and does so on a connection of its own, beside others.
   * Left out where nobody states any (registers), or where a second connection is impossible (a serial port).
   */
  readonly statesMeaning?: 'by-probe'
  /** Left out by drivers that only read. */
  readonly writer?: Writer
}

/** Which addresses of each table a clone takes. */
export interface CloneOptions {
  readonly from: number
  readonly to: number
  /** An earlier capture of the device: tables go on where it ended. */
  readonly earlier?: DeviceClone
}

export interface CloneReport {
  readonly clone: DeviceClone
  /** What could not be captured, and why. */
  readonly gaps: readonly string[]
  /** Null where it came to its end; else what ended it, and the clone holds what was captured before. */
  readonly stoppedBy: DriverFault | null
}

/** A value that is about to be changed. */
export interface WriteDraft {
  /** The value meant, in the driver's one spelling. */
  readonly address: string
  /** Who would be written to, as it calls itself. */
  readonly device: string
  /** What stands there, in the sensor's unit; booleans 0/1. */
  readonly old: number
  /** What would stand there. */
  readonly value: number
  /** By what means, in words. */
  readonly how: string
}

/** Whether the profile of a device lists a place as one that may be written. */
export type WriteListing =
  | {
      readonly kind: 'listed'
      readonly bounds: WriteBounds
      readonly unit: string | null
      readonly valueKind: SensorKind
      /** What people call the device, and type to confirm. */
      readonly deviceName: string
      /** `profile xy-md02 (shipped, not tried on hardware)` */
      readonly by: string
    }
  | { readonly kind: 'not-listed'; readonly because: string }

export interface WriteOutcome {
  /** What stands there now; null where it could not be read. */
  readonly readBack: number | null
  /** What the device said to it; null where it agreed. */
  readonly because: string | null
}

/** Changing a value: an ability of its own, for guarded writing (src/writing/) and nobody else. */
export interface Writer {
  /**
   * The one spelling of an address, so that two ways to write it are known for the same value.
   * @throws DriverFault ADDRESS_INVALID
   */
  spell(address: string): string
  /**
   * What the profile of the device behind an address says of it; left out by drivers that know no profiles. Reads only.
   * @throws DriverFault WRITE_IMPOSSIBLE, or what reading throws.
   */
  listing?(address: string, around: Surroundings): Promise<WriteListing>
  /**
   * Reads what stands there and works out what would be written. Changes nothing.
   * @throws DriverFault WRITE_IMPOSSIBLE where the place or the value cannot be written.
   */
  draft(address: string, value: number, around: Surroundings): Promise<WriteDraft>
  /**
   * Writes, and reads back.
   * @throws DriverFault WRITE_OUTDATED, with nothing written, where something else stands there than the draft says.
   */
  write(draft: WriteDraft, around: Surroundings): Promise<WriteOutcome>
}

export interface Location {
  /** Sensors of the same line share one connection, e.g. `modbus-tcp://10.0.0.21:502`. */
  readonly line: string
  /** `one`: a second connection is impossible (a serial port), disturbs the first (whoever shares its wires) or ends it (a kept MQTT session). */
  readonly connections?: 'one'
  /** `value`: ready for `read`; `device`: something to `probe`, that may offer many values. */
  readonly reaches: 'value' | 'device'
}
