import type { Waveform } from '../../readings/measurement.js'
import { WAVEFORM_ROW_SAMPLES } from '../../readings/recording-layout.js'
import type { EpochMicros } from '../../readings/time.js'

/** One row of a waveform part: a block as it was sent, or a piece of a longer one. */
export interface WaveformRow {
  readonly startedAt: EpochMicros
  readonly receivedAt: EpochMicros
  readonly sensor: number
  readonly unit: number
  readonly sampleRateHz: number
  readonly samples: Float32Array | Float64Array
  readonly sequence: number | undefined
  readonly fragment: number
  readonly fragments: number
  readonly quality: number
}

/** Cuts a block into rows. All rows of a block are written in one part, so a block is stored as a whole or not at all. */
export function rowsOfWaveform(waveform: Waveform, sensor: number, unit: number): WaveformRow[] {
  const { samples, sampleRateHz, startedAt, receivedAt, quality, sequence } = waveform
  const fragments = Math.max(1, Math.ceil(samples.length / WAVEFORM_ROW_SAMPLES))
  const exact = narrowed(samples)
  return Array.from({ length: fragments }, (_, fragment) => {
    const offset = fragment * WAVEFORM_ROW_SAMPLES
    return {
      startedAt: startedAt + (sampleRateHz > 0 ? Math.round((offset / sampleRateHz) * 1e6) : 0),
      receivedAt,
      sensor,
      unit,
      sampleRateHz,
      samples: exact.subarray(offset, offset + WAVEFORM_ROW_SAMPLES),
      sequence,
      fragment,
      fragments,
      quality,
    }
  })
}

/** Doubles as floats where that loses nothing: most come from 16- and 24-bit converters. */
function narrowed(samples: Float32Array | Float64Array): Float32Array | Float64Array {
  if (samples instanceof Float32Array) return samples
  for (const sample of samples) if (Math.fround(sample) !== sample && !Number.isNaN(sample)) return samples
  return Float32Array.from(samples)
}
