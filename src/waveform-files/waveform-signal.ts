import type { EpochMicros } from '../readings/time.js'

/** One channel to be written: what stands in a file's head, and the samples piece by piece. */
export interface WaveformSignal {
  /** The sensor's key. */
  readonly name: string
  readonly unit: string | null
  /** Time of the first sample. */
  readonly startedAt: EpochMicros
  readonly sampleRateHz: number
  readonly encoding: 'float32' | 'float64'
  /** Samples. */
  readonly length: number
  /** All samples, in order, in pieces of any size. */
  samples(): AsyncIterable<Float32Array | Float64Array>
}

/** The bytes of samples as they lie in memory: every machine that Node runs on is little-endian. */
export function bytesOfSamples(samples: Float32Array | Float64Array, encoding: 'float32' | 'float64'): Uint8Array {
  const wanted =
    encoding === 'float32'
      ? samples instanceof Float32Array
        ? samples
        : Float32Array.from(samples)
      : samples instanceof Float64Array
        ? samples
        : Float64Array.from(samples)
  return new Uint8Array(wanted.buffer, wanted.byteOffset, wanted.byteLength)
}
