import type { WaveformSignal } from '../../src/waveform-files/waveform-signal.js'

/** A channel to be written, its samples in pieces of 17. */
export function signalOf(name: string, samples: Float32Array | Float64Array, more: Partial<WaveformSignal> = {}): WaveformSignal {
  return {
    name,
    unit: 'g',
    startedAt: 1_795_359_600_123_456,
    sampleRateHz: 25_600,
    encoding: samples instanceof Float64Array ? 'float64' : 'float32',
    length: samples.length,
    async *samples() {
      for (let at = 0; at < samples.length; at += 17) yield samples.subarray(at, at + 17)
    },
    ...more,
  }
}

export async function bytesFrom(pieces: AsyncIterable<Uint8Array>): Promise<Buffer> {
  const all: Uint8Array[] = []
  for await (const piece of pieces) all.push(Uint8Array.from(piece))
  return Buffer.concat(all)
}
