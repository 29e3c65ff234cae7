import type { Samples } from '../analysis/samples.js'
import { BYTES_PER_SAMPLE, decodeSample, type SampleEncoding } from './waveform-layout.js'

/** Takes one channel out of rows of samples. Whole words are taken as they lie in memory: every machine that Node runs on is little-endian. */
export function decodeChannel(
  bytes: Uint8Array,
  layout: { readonly encoding: SampleEncoding; readonly channel: number; readonly channels: number; readonly scale: number },
  into: Samples,
): void {
  const { encoding, channel, channels, scale } = layout
  const rows = bytes.length / (BYTES_PER_SAMPLE[encoding] * channels)
  const words = wordsOf(bytes, encoding)
  if (words === null) {
    const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength)
    const size = BYTES_PER_SAMPLE[encoding]
    for (let row = 0; row < rows; row++) into[row] = decodeSample(view, (row * channels + channel) * size, encoding) * scale
  } else if (channels === 1 && words.factor === 1 && scale === 1) into.set(words.of)
  else {
    const factor = words.factor * scale
    const { of } = words
    for (let row = 0; row < rows; row++) into[row] = (of[row * channels + channel] ?? 0) * factor
  }
}

/** Null where the words have no type of their own, or do not lie on their boundary. */
function wordsOf(
  { buffer, byteOffset, byteLength }: Uint8Array,
  encoding: SampleEncoding,
): { readonly of: Samples | Int16Array | Int32Array; readonly factor: number } | null {
  const size = BYTES_PER_SAMPLE[encoding]
  if (byteOffset % size !== 0) return null
  switch (encoding) {
    case 'float32':
      return { of: new Float32Array(buffer, byteOffset, byteLength / size), factor: 1 }
    case 'float64':
      return { of: new Float64Array(buffer, byteOffset, byteLength / size), factor: 1 }
    case 'int16':
      return { of: new Int16Array(buffer, byteOffset, byteLength / size), factor: 2 ** -15 }
    case 'int32':
      return { of: new Int32Array(buffer, byteOffset, byteLength / size), factor: 2 ** -31 }
    case 'int24':
    case 'uint8':
      return null
  }
}
