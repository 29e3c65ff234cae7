import type { BearingGeometry } from '../../readings/asset.js'
import type { BearingDiagnosis } from '../bearing/diagnosis.js'
import type { TachoSignal } from '../orders/tacho-pulses.js'
import type { MachineDescription } from '../rotating/machine-description.js'
import type { MachineChannel } from '../rotating/machine-record.js'
import type { Samples } from '../samples.js'
import type { Severity } from './iso-20816-3.js'
import type { WholeLevels } from './whole-record.js'

/** Samples of one channel and what was taken together with them. */
export interface VibrationStretch {
  /** Shape (n,), in the unit of the channel. */
  readonly samples: Samples
  readonly tacho?: TachoSignal | null
  /** Further channels at the same bearing whose direction is stated, at the same rate. */
  readonly otherChannels?: readonly MachineChannel[]
  /** Where it is another than the record’s. */
  readonly shaftSpeedRpm?: number | null
}

/** One channel of vibration and what is known of the machine. What is null is not known, and nothing is assumed in its place. */
export interface VibrationInput extends VibrationStretch, Pick<MachineChannel, 'direction'> {
  readonly file: string
  readonly channel: string
  readonly sampleRateHz: number
  /** A symbol of the unit table. */
  readonly unit: string | null
  readonly shaftSpeedRpm: number | null
  readonly bearing: BearingGeometry | null
  readonly machine: MachineDescription | null
  /** Key of the asset that the channel belongs to, where the data say it. */
  readonly asset?: string | null
  /** Where the speed changes during the record: all of it lies between these. */
  readonly speedRangeRpm?: { readonly low: number; readonly high: number } | null
  /** Of a record that is longer than `samples`: what all of it says, and the other stretches that were taken of it. */
  readonly whole?: { readonly levels: WholeLevels; readonly durationS: number; readonly others: readonly VibrationStretch[] }
  /** The channel that this one is compared with: the input of a transfer function, as long as `samples`. */
  readonly reference?: { readonly channel: string; readonly samples: Samples; readonly unit: string | null } | null
  /** What the reader of the data has to say about them; goes among the warnings. */
  readonly notes?: readonly string[]
}

/** Something worth acting on. */
export interface VibrationFinding {
  /** Kebab-case, e.g. `bearing-inner-race`, `severity-zone-d`, `speed-implausible`, `repeating-impacts`. */
  readonly code: string
  readonly severity: 'note' | 'warning' | 'fault'
  readonly evidence: string
  /** Other causes that show the same in what was measured. */
  readonly alsoConsistentWith?: readonly string[]
  /** The measurement that would decide. */
  readonly wouldTell?: string | null
  /** Of `repeating-impacts`: how often they return. */
  readonly repetitionHz?: number
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
