import type { WaveformSignal } from './waveform-signal.js'

/** Rows of one sample of each channel, in pieces; ends with the shortest channel. */
export async function* interleave(signals: readonly WaveformSignal[]): AsyncGenerator<Float32Array | Float64Array> {
  const [only] = signals
  if (only !== undefined && signals.length === 1) {
    yield* only.samples()
    return
  }
  const isDouble = signals.some(({ encoding }) => encoding === 'float64')
  const sources = signals.map((signal) => signal.samples()[Symbol.asyncIterator]())
  const rests: (Float32Array | Float64Array)[] = signals.map(() => new Float32Array(0))
  for (;;) {
    for (const [channel, source] of sources.entries()) {
      while (rests[channel]?.length === 0) {
        const next = await source.next()
        if (next.done === true) return
        rests[channel] = next.value
      }
    }
    const rows = Math.min(...rests.map((rest) => rest.length))
    const piece = isDouble ? new Float64Array(rows * signals.length) : new Float32Array(rows * signals.length)
    for (const [channel, rest] of rests.entries()) {
      for (let row = 0; row < rows; row++) piece[row * signals.length + channel] = rest[row] ?? 0
      rests[channel] = rest.subarray(rows)
    }
    yield piece
  }
}
