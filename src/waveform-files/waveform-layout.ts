import type { Direction } from '../analysis/rotating/machine-record.js'
import type { BearingGeometry } from '../readings/asset.js'
import type { EpochMicros } from '../readings/time.js'

export type SampleEncoding = 'float32' | 'float64' | 'int16' | 'int24' | 'int32' | 'uint8'

/** Where the samples of a file lie, and what the file says of them. Samples are little-endian, row by row: one sample of each channel. */
export interface WaveformLayout {
  readonly path: string
  readonly encoding: SampleEncoding
  readonly channels: readonly string[]
  /** Rows: samples per channel. */
  readonly frames: number
  /** Of the first sample in the file, bytes. */
  readonly offset: number
  /** What a decoded sample is multiplied by. */
  readonly scale: number
  readonly sampleRateHz: number
  /** As the file states it; null where it does not. */
  readonly unit: string | null
  /** Time of the first sample. */
  readonly startedAt: EpochMicros | null
  readonly shaftSpeedRpm: number | null
  readonly bearing: BearingGeometry | null
  /** Of each channel, where it is stated. */
  readonly directions?: readonly (Direction | null)[]
  readonly tacho?: { readonly channel: string; readonly pulsesPerRevolution: number } | null
  readonly notes: readonly string[]
}

export const BYTES_PER_SAMPLE: Readonly<Record<SampleEncoding, number>> = { float32: 4, float64: 8, int16: 2, int24: 3, int32: 4, uint8: 1 }

/** Integers become fractions of full scale, as WAV means them. */
export function decodeSample(bytes: DataView, at: number, encoding: SampleEncoding): number {
  switch (encoding) {
    case 'float32':
      return bytes.getFloat32(at, true)
    case 'float64':
      return bytes.getFloat64(at, true)
    case 'int16':
      return bytes.getInt16(at, true) / 2 ** 15
    case 'int24':
      return (bytes.getUint16(at, true) + bytes.getInt8(at + 2) * 2 ** 16) / 2 ** 23
    case 'int32':
      return bytes.getInt32(at, true) / 2 ** 31
    case 'uint8':
      return (bytes.getUint8(at) - 128) / 128
  }
}
