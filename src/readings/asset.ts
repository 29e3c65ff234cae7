import type { MachineFacts } from './machine-facts.js'
import type { Sensor } from './sensor.js'

/** Geometry of a rolling-element bearing, as its maker states it. Lengths in one unit of your choice: only their ratio counts. */
export interface BearingGeometry {
  /** E.g. `SKF 6205-2RS JEM`. */
  readonly name: string
  readonly rollingElements: number
  readonly ballDiameterMm: number
  readonly pitchDiameterMm: number
  readonly contactAngleDeg: number
  /** Where the dimensions were read, when nobody stated them and a catalogue did. */
  readonly source?: string
}

/** A machine or part of one. All that analysis needs of it and that no sensor tells: the nameplate. */
export interface Asset extends MachineFacts {
  readonly key: string
  /** ISO 14224 equipment class in words, e.g. `centrifugal pump`. */
  readonly class?: string
  readonly description?: string
  readonly ratedSpeedRpm?: number
  readonly ratedPowerKw?: number
  /** How it stands, for ISO 20816-3. */
  readonly support?: 'rigid' | 'flexible'
  readonly bearing?: BearingGeometry
  /** The sensor that tells the shaft's speed (rpm), where there is one. */
  readonly speedSensor?: string
}

/** One plant, as its site file describes it. */
export interface Site {
  readonly name: string
  readonly assets: readonly Asset[]
  readonly sensors: readonly Sensor[]
  /** Trees of panes of the dashboard by name, as plain JSON; what one holds is for the dashboard to say. */
  readonly layouts?: Readonly<Record<string, unknown>>
}
