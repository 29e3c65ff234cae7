import type { Direction } from '../analysis/rotating/machine-record.js'
import type { BearingGeometry } from '../readings/asset.js'
import type { EpochMicros } from '../readings/time.js'

/** Evenly spaced samples of one channel, and what the file says of them. What it does not say is null, never assumed. */
export interface WaveformChannel {
  readonly name: string
  /** Samples. */
  readonly frames: number
  readonly sampleRateHz: number | null
  readonly unit: string | null
  /** Time of the first sample. */
  readonly startedAt: EpochMicros | null
  /** Which way the sensor looks, where the file says it. */
  readonly direction?: Direction
}

/** An open file of waveforms; read it in pieces of any size, or as a whole. Reading on where the last piece ended is fastest. */
export interface WaveformFile extends AsyncDisposable {
  readonly path: string
  readonly channels: readonly WaveformChannel[]
  readonly shaftSpeedRpm: number | null
  readonly bearing: BearingGeometry | null
  /** The channel that pulses as the shaft turns, where the file says it. */
  readonly tacho?: { readonly channel: string; readonly pulsesPerRevolution: number } | null
  readonly notes: readonly string[]
  /** Samples of one channel, fewer where the file ends. `from` and `count` in samples of that channel. */
  read(range: { readonly channel: number; readonly from: number; readonly count: number }): Promise<Float32Array | Float64Array>
}
