import type { ShaftPhase } from '../orders/shaft-phase.js'
import type { TachoSignal } from '../orders/tacho-pulses.js'
import type { Samples } from '../samples.js'
import type { MachineDescription } from './machine-description.js'

export const DIRECTIONS = ['radial', 'radial-horizontal', 'radial-vertical', 'axial'] as const
export type Direction = (typeof DIRECTIONS)[number]

/** One vibration channel. */
export interface MachineChannel {
  /** Shape (n,), in `unit`. */
  readonly samples: Samples
  /** A symbol of the unit table; null where nobody stated one. */
  readonly unit: string | null
  /** Which way the sensor looks; null where nobody knows. */
  readonly direction?: Direction | null
}

/** What was measured at one machine and what is known of it. */
export interface MachineRecord extends MachineChannel {
  readonly sampleRateHz: number
  /** As stated; null where nobody knows it. */
  readonly shaftSpeedRpm: number | null
  /** Where the speed changes during the record: all of it lies between these. */
  readonly speedRangeRpm?: { readonly low: number; readonly high: number } | null
  /** Further channels at the same bearing, taken at the same time and rate. */
  readonly otherChannels?: readonly MachineChannel[]
  /** Starts with the first sample of the channels. */
  readonly tacho?: TachoSignal | null
  /** Where the phase is known already, e.g. from another channel. */
  readonly phase?: ShaftPhase | null
  readonly machine: MachineDescription
  /** The same sensor on the same machine in known good order, same unit. */
  readonly baseline?: { readonly samples: Samples; readonly sampleRateHz: number } | null
}
