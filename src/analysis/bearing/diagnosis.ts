import type { BearingFrequencies } from '../vibration/bearing-frequencies.js'
import type { BearingFault } from './fault-pattern.js'

export type BearingVerdict = 'healthy' | BearingFault | 'uncertain'

/** How well one fault's pattern stands in the record. */
export interface FaultScore {
  readonly fault: BearingFault
  /** 0: as noise does in every second search; 1: every line of the pattern stands clear in every view. */
  readonly score: number
  /** log10 of the chance that noise alone scores as much, the search included. */
  readonly log10Chance: number
  /** Where the pattern was found: (found − kinematic)/kinematic. */
  readonly slip: number
}

/** A line that was found where the pattern expects one. */
export interface FoundLine {
  readonly fault: BearingFault
  readonly harmonic: number
  /** E.g. `+1×shaft`; null for a harmonic itself. */
  readonly sideband: string | null
  readonly expectedHz: number
  readonly frequencyHz: number
  /** The view that shows it best. */
  readonly view: string
  /** 10·log10 of the line's power over the noise around it. */
  readonly overNoiseDb: number
}

export interface BearingDiagnosis {
  /** Kinematic, at the stated speed; null where none is known. Lines of the evidence are expected at the speed found in the record. */
  readonly frequenciesHz: BearingFrequencies | null
  readonly verdict: BearingVerdict
  /** 0–1, of a fault that is called a lower bound of how often such a call is right (README.md). */
  readonly confidence: number
  /** Why, in one sentence. */
  readonly reason: string
  /** All four faults, best first. */
  readonly ranking: readonly FaultScore[]
  readonly evidence: readonly FoundLine[]
  /** The most impulsive band (kurtogram). */
  readonly band: { readonly centreHz: number; readonly widthHz: number; readonly kurtosis: number } | null
  readonly estimatedSpeedRpm: number | null
  /** Null where nobody stated a speed. */
  readonly speedPlausible: boolean | null
}

/** A fault whose lines stand at a multiple of the stated speed and not at the stated one. */
export interface FaultElsewhere {
  readonly fault: BearingFault
  readonly shaftHz: number
}
