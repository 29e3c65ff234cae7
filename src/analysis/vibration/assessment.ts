import type { BearingGeometry } from '../../readings/asset.js'
import type { BearingDiagnosis } from '../bearing/diagnosis.js'
import type { MachineDescription } from '../rotating/machine-description.js'
import type { Samples } from '../samples.js'
import type { Severity } from './iso-20816-3.js'
import type { WholeLevels } from './whole-record.js'

/** One channel of vibration and what is known of the machine. What is null is not known, and nothing is assumed in its place. */
export interface VibrationInput {
  readonly file: string
  readonly channel: string
  /** Shape (n,), in `unit`. */
  readonly samples: Samples
  readonly sampleRateHz: number
  /** A symbol of the unit table. */
  readonly unit: string | null
  readonly shaftSpeedRpm: number | null
  readonly bearing: BearingGeometry | null
  readonly machine: MachineDescription | null
  /** Of a record that is longer than `samples`: what all of it says, and the other stretches that were taken of it. */
  readonly whole?: { readonly levels: WholeLevels; readonly durationS: number; readonly others: readonly Samples[] }
  /** What the reader of the data has to say about them; goes among the warnings. */
  readonly notes?: readonly string[]
}

/** Something worth acting on. */
export interface VibrationFinding {
  /** Kebab-case, e.g. `bearing-inner-race`, `severity-zone-d`, `speed-implausible`. */
  readonly code: string
  readonly severity: 'note' | 'warning' | 'fault'
  readonly evidence: string
}

/** `analyze vibration --json`. */
export interface VibrationAssessment {
  readonly schema: 'chatterfix/vibration/1'
  readonly file: string
  readonly channel: string
  readonly sampleRateHz: number
  readonly durationS: number
  readonly shaftSpeedRpm: number | null
  readonly overall: {
    readonly accelerationRmsMPerS2: number | null
    /** 10–1000 Hz. */
    readonly velocityRmsMmPerS: number | null
    readonly crestFactor: number | null
    /** Not reduced by 3: a Gaussian gives 3. */
    readonly kurtosis: number | null
  }
  readonly severity: Severity | null
  readonly bearing: BearingDiagnosis | null
  readonly findings: readonly VibrationFinding[]
  /** Rules about machines that could not judge. */
  readonly notJudged: readonly { readonly rule: string; readonly why: string }[]
  readonly warnings: readonly string[]
}
