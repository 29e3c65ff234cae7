import type { VibrationFinding } from '../vibration/assessment.js'

/** What the rules can say. */
export const MACHINE_FAULTS = [
  'unbalance',
  'misalignment',
  'looseness',
  'bent-shaft',
  'resonance',
  'gear-mesh',
  'belt',
  'blade-pass',
  'electrical',
  'rotor-bars',
  'cavitation',
] as const

export type MachineFault = (typeof MACHINE_FAULTS)[number]

/** A finding of a rule: what stands in the record, what it is consistent with, and what would tell these apart. */
export interface MachineFinding extends VibrationFinding {
  readonly code: MachineFault
  /** Other causes that show the same in what was measured; empty where it leaves none. */
  readonly alsoConsistentWith: readonly string[]
  /** The measurement that would decide; null where nothing is left to decide. */
  readonly wouldTell: string | null
  /** log10 of the chance that noise alone shows lines as strong at the places looked at. */
  readonly log10Chance: number
}

/** A rule that could not judge, and why. */
export interface NotJudged {
  readonly rule: MachineFault
  readonly why: string
}

/** The speed that the rules went by. */
export interface MachineSpeed {
  readonly meanRpm: number
  readonly minRpm: number
  readonly maxRpm: number
  readonly source: 'tacho' | 'signal' | 'stated'
  /** 0–1: how surely the record itself shows this speed; 0 where it is only stated. */
  readonly confidence: number
}

export interface MachineFaultReport {
  /** Worst first. */
  readonly findings: readonly MachineFinding[]
  readonly notJudged: readonly NotJudged[]
  readonly speed: MachineSpeed | null
  /** What else must be known to read the findings, e.g. a tacho that lost pulses. */
  readonly warnings: readonly string[]
}
