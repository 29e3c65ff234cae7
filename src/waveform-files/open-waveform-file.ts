import { type FileHandle, open } from 'node:fs/promises'
import { extname } from 'node:path'
import { decodeChannel } from './decode-channel.js'
import { openMat5 } from './mat5/open-mat5.js'
import { readSidecar } from './sidecar.js'
import { openUff58 } from './uff58/open-uff58.js'
import { unreadable } from './unreadable.js'
import { wavLayout } from './wav-layout.js'
import type { WaveformFile } from './waveform-file.js'
import { BYTES_PER_SAMPLE, type SampleEncoding, type WaveformLayout } from './waveform-layout.js'

const PIECE_BYTES = 4 * 1024 * 1024
const TABLES: ReadonlySet<string> = new Set(['.csv', '.tsv', '.parquet', '.pq'])
const RAW: Readonly<Record<string, SampleEncoding>> = { '.f32': 'float32', '.f64': 'float64', '.i16': 'int16' }

/** Endings of files that hold waveforms. */
export const WAVEFORM_ENDINGS = ['.wav', '.mat', '.uff', '.unv', '.csv', '.tsv', '.parquet', '.pq', '.f32', '.f64', '.i16'] as const

/**
 * @param options.timeColumn  which column of a table holds the times, where its heading does not tell.
 * @throws Fault WAVEFORM_FILE_UNREADABLE; the file system's own errors where the file cannot be opened.
 */
export async function openWaveformFile(path: string, options: { readonly timeColumn?: string | undefined } = {}): Promise<WaveformFile> {
  if (TABLES.has(extname(path).toLowerCase())) {
    const { openTable } = await import('./table/open-table.js')
    return await openTable(path, { timeColumn: options.timeColumn })
  }
  const file = await open(path, 'r')
  try {
    return await openAs(path, file)
  } catch (thrown) {
    await file.close()
    throw thrown
  }
}

async function openAs(path: string, file: FileHandle): Promise<WaveformFile> {
  const extension = extname(path).toLowerCase()
  switch (extension) {
    case '.wav':
      return layoutFile(path, file, await wavLayout(path, file))
    case '.mat':
      return await openMat5(path, file)
    case '.uff':
    case '.unv':
      return await openUff58(path, file)
    case '.f32':
    case '.f64':
    case '.i16':
      return layoutFile(path, file, await rawLayout(path, file, extension))
    default:
      throw unreadable(path, `${extension || 'a file without extension'} is not known; ${WAVEFORM_ENDINGS.join(', ')} are`)
  }
}

async function rawLayout(path: string, file: FileHandle, extension: string): Promise<WaveformLayout> {
  const { encoding: stated, ...sidecar } = await readSidecar(`${path.slice(0, -extension.length)}.json`)
  const { size } = await file.stat()
  // NAME.f32 may be described as float64le; the other endings say what they are.
  const encoding = extension === '.f32' ? stated : (RAW[extension] ?? stated)
  const rowBytes = sidecar.channels.length * BYTES_PER_SAMPLE[encoding]
  const notes = size % rowBytes === 0 ? [] : [`the last ${size % rowBytes} bytes are no whole row and were left out`]
  if (encoding !== 'int16') return { path, ...sidecar, scale: 1, encoding, frames: Math.floor(size / rowBytes), offset: 0, notes }
  if (sidecar.scale === null && sidecar.unit !== null)
    throw unreadable(path, `counts are in no ${sidecar.unit}: its description needs "scale", ${sidecar.unit} a count`)
  const counts = sidecar.scale === null ? ['the samples are counts of the converter'] : []
  const frames = Math.floor(size / rowBytes)
  return { path, ...sidecar, scale: (sidecar.scale ?? 1) * 2 ** 15, encoding, frames, offset: 0, notes: [...notes, ...counts] }
}

function layoutFile(path: string, file: FileHandle, layout: WaveformLayout): WaveformFile {
  const { frames, sampleRateHz, unit, startedAt, shaftSpeedRpm, bearing, directions, tacho, notes } = layout
  return {
    path,
    channels: layout.channels.map((name, k) => {
      const direction = directions?.[k] ?? null
      return { name, frames, sampleRateHz, unit, startedAt, ...(direction === null ? {} : { direction }) }
    }),
    shaftSpeedRpm,
    bearing,
    tacho: tacho ?? null,
    notes,
    read: (range) => readChannel(file, layout, range),
    [Symbol.asyncDispose]: () => file.close(),
  }
}

async function readChannel(
  file: FileHandle,
  layout: WaveformLayout,
  { channel, from, count }: { readonly channel: number; readonly from: number; readonly count: number },
): Promise<Float32Array | Float64Array> {
  const { encoding, channels, frames, offset, scale } = layout
  const sampleBytes = BYTES_PER_SAMPLE[encoding]
  const rowBytes = sampleBytes * channels.length
  const total = Math.max(0, Math.min(count, frames - from))
  // float32 holds 24 bits; more, and what a scale makes of less, need float64.
  const isWide = encoding === 'float64' || encoding === 'int32' || scale !== 1
  const samples = isWide ? new Float64Array(total) : new Float32Array(total)
  const rowsPerPiece = Math.max(1, Math.floor(PIECE_BYTES / rowBytes))
  const bytes = new Uint8Array(Math.min(total, rowsPerPiece) * rowBytes)
  for (let done = 0; done < total; ) {
    const rows = Math.min(rowsPerPiece, total - done)
    const { bytesRead } = await file.read(bytes, 0, rows * rowBytes, offset + (from + done) * rowBytes)
    const whole = Math.floor(bytesRead / rowBytes)
    if (whole === 0) throw unreadable(layout.path, 'it became shorter while it was read')
    decodeChannel(bytes.subarray(0, whole * rowBytes), { encoding, channel, channels: channels.length, scale }, samples.subarray(done))
    done += whole
  }
  return samples
}
