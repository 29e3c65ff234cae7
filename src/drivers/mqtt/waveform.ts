import type { EpochMicros } from '../../readings/time.js'

/** A block as a sensor sends it; `waveform-block.ts` and `waveform-json.ts` are its two spellings. */
export interface WaveformBlock {
  /** Time of the first sample. */
  readonly startedAt: EpochMicros
  readonly sampleRateHz: number
  /** Counts the blocks, u32, so that a lost one shows. */
  readonly sequence: number
  /** Empty where the sender states none. */
  readonly unit: string
  /** Shape (n,), in `unit`. */
  readonly samples: Float32Array | Float64Array
  /** How the samples travel; by default as precise as the array that holds them. */
  readonly format?: 'float32' | 'int16' | 'float64'
  /** `int16` only: unit per count; by default the largest sample fills the range. */
  readonly scale?: number
}

/** What a sender may leave out. */
export interface ReceivedWaveform extends Omit<WaveformBlock, 'sequence'> {
  /** Null where the sender does not count. */
  readonly sequence: number | null
}

/** 41 s at 25.6 kHz; a longer block is a mistake or an attack. */
export const MAX_WAVEFORM_SAMPLES = 1_048_576
/** The longest entry of any unit code list that we know has 20 characters. */
export const MAX_UNIT_BYTES = 64
