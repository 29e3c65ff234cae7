import type { FileHandle } from 'node:fs/promises'
import { parseMicros } from '../readings/time.js'
import { unreadable } from './unreadable.js'
import { parseWavComment, type WavComment } from './wav-comment.js'
import { BYTES_PER_SAMPLE, type SampleEncoding, type WaveformLayout } from './waveform-layout.js'

/** A file with more chunks before its samples is no recording of anything. */
const MAX_CHUNKS = 1000
const MAX_CHANNELS = 1024
const MAX_LIST_BYTES = 1024 * 1024
const FORMAT = { pcm: 1, float: 3, extensible: 0xfffe } as const

interface Format {
  readonly channels: number
  readonly sampleRateHz: number
  readonly encoding: SampleEncoding
}

/**
 * Finds format and samples of a RIFF/WAVE file (PCM 8 to 32 bit, float 32 and 64; plain or WAVE_FORMAT_EXTENSIBLE).
 * Sizes in the file are not believed: what lies behind its end is not there.
 * @throws Fault WAVEFORM_FILE_UNREADABLE
 */
export async function wavLayout(path: string, file: FileHandle): Promise<WaveformLayout> {
  const { size } = await file.stat()
  const head = await bytesAt(file, 0, 12)
  if (textAt(head, 0) !== 'RIFF' || textAt(head, 8) !== 'WAVE') throw unreadable(path, 'it does not begin as a WAV file does (RIFF … WAVE)')
  let format: Format | undefined
  let comment: WavComment | null = null
  let at = 12
  for (let chunk = 0; chunk < MAX_CHUNKS && at + 8 <= size; chunk++) {
    const header = await bytesAt(file, at, 8)
    const name = textAt(header, 0)
    const length = header.getUint32(4, true)
    if (name === 'fmt ') format = parseFormat(path, await bytesAt(file, at + 8, Math.min(length, 40)))
    if (name === 'LIST' && length <= MAX_LIST_BYTES) comment ??= parseWavComment(await bytesAt(file, at + 8, length))
    if (name === 'data')
      return layoutOf(path, { format, comment }, { offset: at + 8, length: Math.min(length, size - at - 8), stated: length })
    at += 8 + length + (length % 2)
  }
  throw unreadable(path, 'it holds no samples (no data chunk)')
}

function layoutOf(
  path: string,
  { format, comment }: { readonly format: Format | undefined; readonly comment: WavComment | null },
  { offset, length, stated }: { readonly offset: number; readonly length: number; readonly stated: number },
): WaveformLayout {
  if (!format) throw unreadable(path, 'its samples come before their format')
  const { channels, sampleRateHz, encoding } = format
  const frames = Math.floor(length / (channels * BYTES_PER_SAMPLE[encoding]))
  return {
    path,
    encoding,
    channels: Array.from({ length: channels }, (_, k) => comment?.sensors[k] ?? `ch${k + 1}`),
    frames,
    offset,
    scale: 1,
    // The header's rate is whole; another one in the comment belongs to another file.
    sampleRateHz: comment !== null && Math.round(comment.sampleRateHz) === sampleRateHz ? comment.sampleRateHz : sampleRateHz,
    unit: comment?.unit ?? null,
    startedAt: parseMicros(comment?.startedAt ?? '') ?? null,
    shaftSpeedRpm: null,
    bearing: null,
    notes: [
      ...(length < stated && stated < 0xffff_fff0 ? [`the file is cut off: ${length} of ${stated} bytes of samples are there`] : []),
      ...(encoding.startsWith('float') ? [] : ['the samples are fractions of full scale; their unit is what full scale means']),
    ],
  }
}

function parseFormat(path: string, bytes: DataView): Format {
  if (bytes.byteLength < 16) throw unreadable(path, 'its format chunk is cut off')
  const tag = bytes.getUint16(0, true)
  const channels = bytes.getUint16(2, true)
  const sampleRateHz = bytes.getUint32(4, true)
  const bits = bytes.getUint16(14, true)
  const meaning = tag === FORMAT.extensible && bytes.byteLength >= 26 ? bytes.getUint16(24, true) : tag
  const encoding = encodingOf(meaning, bits)
  if (!encoding) throw unreadable(path, `its samples are of a kind that is not known (format ${meaning}, ${bits} bits)`)
  if (channels < 1 || channels > MAX_CHANNELS) throw unreadable(path, `it claims to have ${channels} channels`)
  if (sampleRateHz < 1) throw unreadable(path, 'it claims a sample rate of 0')
  return { channels, sampleRateHz, encoding }
}

function encodingOf(format: number, bits: number): SampleEncoding | undefined {
  if (format === FORMAT.float) return bits === 32 ? 'float32' : bits === 64 ? 'float64' : undefined
  if (format !== FORMAT.pcm) return undefined
  return ({ 8: 'uint8', 16: 'int16', 24: 'int24', 32: 'int32' } as const)[bits as 8]
}

async function bytesAt(file: FileHandle, position: number, length: number): Promise<DataView> {
  const { buffer, bytesRead } = await file.read(new Uint8Array(length), 0, length, position)
  return new DataView(buffer.buffer, 0, bytesRead)
}

function textAt(bytes: DataView, at: number): string {
  if (at + 4 > bytes.byteLength) return ''
  return String.fromCharCode(bytes.getUint8(at), bytes.getUint8(at + 1), bytes.getUint8(at + 2), bytes.getUint8(at + 3))
}
