import { type FileHandle, open } from 'node:fs/promises'
import { extname } from 'node:path'
import { readSidecar } from './sidecar.js'
import { unreadable } from './unreadable.js'
import { wavLayout } from './wav-layout.js'
import { BYTES_PER_SAMPLE, decodeSample, type WaveformLayout } from './waveform-layout.js'

/** An open file of waveforms; read it in pieces of any size, or as a whole. */
export interface WaveformFile extends AsyncDisposable {
  readonly layout: WaveformLayout
  /** Samples of one channel, fewer where the file ends. `from` and `count` in samples of that channel. */
  read(range: { readonly channel: number; readonly from: number; readonly count: number }): Promise<Float32Array | Float64Array>
}

const PIECE_BYTES = 4 * 1024 * 1024

/** @throws Fault WAVEFORM_FILE_UNREADABLE; the file system's own errors where the file cannot be opened. */
export async function openWaveformFile(path: string): Promise<WaveformFile> {
  const file = await open(path, 'r')
  try {
    const layout = await layoutOf(path, file)
    return {
      layout,
      read: (range) => readChannel(file, layout, range),
      [Symbol.asyncDispose]: () => file.close(),
    }
  } catch (thrown) {
    await file.close()
    throw thrown
  }
}

async function layoutOf(path: string, file: FileHandle): Promise<WaveformLayout> {
  const extension = extname(path).toLowerCase()
  if (extension === '.wav') return await wavLayout(path, file)
  if (extension !== '.f32' && extension !== '.f64')
    throw unreadable(path, `${extension || 'a file without extension'} is not known; .wav, .f32 and .f64 are`)
  const sidecar = await readSidecar(`${path.slice(0, -extension.length)}.json`)
  const { size } = await file.stat()
  const encoding = extension === '.f64' ? 'float64' : sidecar.encoding
  const rowBytes = sidecar.channels.length * BYTES_PER_SAMPLE[encoding]
  const notes = size % rowBytes === 0 ? [] : [`the last ${size % rowBytes} bytes are no whole row and were left out`]
  return { path, ...sidecar, encoding, frames: Math.floor(size / rowBytes), offset: 0, notes }
}

async function readChannel(
  file: FileHandle,
  layout: WaveformLayout,
  { channel, from, count }: { readonly channel: number; readonly from: number; readonly count: number },
): Promise<Float32Array | Float64Array> {
  const { encoding, channels, frames, offset } = layout
  const sampleBytes = BYTES_PER_SAMPLE[encoding]
  const rowBytes = sampleBytes * channels.length
  const total = Math.max(0, Math.min(count, frames - from))
  // float32 holds 24 bits; more need float64.
  const samples = encoding === 'float64' || encoding === 'int32' ? new Float64Array(total) : new Float32Array(total)
  const rowsPerPiece = Math.max(1, Math.floor(PIECE_BYTES / rowBytes))
  const bytes = new Uint8Array(Math.min(total, rowsPerPiece) * rowBytes)
  const view = new DataView(bytes.buffer)
  for (let done = 0; done < total; ) {
    const rows = Math.min(rowsPerPiece, total - done)
    const { bytesRead } = await file.read(bytes, 0, rows * rowBytes, offset + (from + done) * rowBytes)
    const whole = Math.floor(bytesRead / rowBytes)
    if (whole === 0) throw unreadable(layout.path, 'it became shorter while it was read')
    for (let row = 0; row < whole; row++) samples[done + row] = decodeSample(view, row * rowBytes + channel * sampleBytes, encoding)
    done += whole
  }
  return samples
}
