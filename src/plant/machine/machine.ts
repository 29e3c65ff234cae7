import type { BearingGeometry } from '../../readings/asset.js'
import type { LoadCycle } from './load-cycle.js'
import type { Shaft } from './shaft.js'

/** One machine as physics sees it. Everything it does follows from these numbers and the time since the plant started. */
export interface Machine {
  readonly key: string
  readonly seed: number
  readonly load: LoadCycle
  readonly shaft: Shaft
  readonly bearing: BearingGeometry
  readonly wear: Wear
  readonly vibration: Vibration
  readonly cavitates: 'yes' | 'no'
}

/** Wear of the drive-end bearing's outer race: 0 new, 1 about to fail. Grows by a factor e in `growthTimeS`. */
export interface Wear {
  readonly atStart: number
  readonly growthTimeS: number
}

export interface Vibration {
  /** Lines locked to the shaft: order (times per turn) and velocity in mm/s RMS at rated load. */
  readonly lines: readonly VibrationLine[]
  /** Broadband noise of the mounted accelerometer, m/s² RMS up to half the sample rate. */
  readonly noiseRmsMPerS2: number
  /** The structure that impacts make ring. */
  readonly resonanceHz: number
  readonly dampingRatio: number
  /** Peak of the ringing after one impact when the bearing is about to fail, m/s². */
  readonly impactPeakMPerS2: number
}

export interface VibrationLine {
  readonly order: number
  readonly velocityRmsMmPerS: number
}

/** Wear at a time, 0–1. */
export function wearAt(wear: Wear, timeS: number): number {
  return Math.min(1, wear.atStart * Math.exp(timeS / wear.growthTimeS))
}

/** Peak of the ringing after an impact of strength 1, m/s². */
export function impactPeakAt(machine: Machine, timeS: number): number {
  return machine.vibration.impactPeakMPerS2 * wearAt(machine.wear, timeS) ** 1.5
}

/** How the vibration of the shaft's lines follows the load: mostly there already at idle. */
export function lineScaleAt(load: number): number {
  return 0.7 + 0.3 * load
}
