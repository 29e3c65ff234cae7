import type { FileHandle } from 'node:fs/promises'
import { type ByteSource, bytesOfFile } from '../byte-source.js'
import { DATA_TYPE } from '../mat5/mat5-types.js'
import { readNumbers } from '../mat5/number-block.js'
import { unreadable } from '../unreadable.js'
import type { WaveformFile } from '../waveform-file.js'
import { LineReader } from './line-reader.js'
import { readUffDatasets, type UffChannel, UffError } from './read-datasets.js'

const WIDTH = { single: 13, double: 20 } as const

/** Where the last reading of a channel's text ended: a file of text has no other index. */
interface Cursor {
  channel: number
  next: number
  lines: LineReader
  rest: number[]
}

/** A universal file as waveforms, one a dataset 58. @throws Fault WAVEFORM_FILE_UNREADABLE */
export async function openUff58(path: string, file: FileHandle): Promise<WaveformFile> {
  const source = await bytesOfFile(file)
  const { channels, notes } = await readUffDatasets(source).catch((thrown: unknown) => {
    throw thrown instanceof UffError ? unreadable(path, thrown.message) : thrown
  })
  let cursor: Cursor | null = null
  return {
    path,
    channels,
    shaftSpeedRpm: null,
    bearing: null,
    notes,
    async read({ channel, from, count }) {
      const found = channels[channel]
      if (found === undefined) return new Float32Array(0)
      const wanted = Math.max(0, Math.min(count, found.frames - from))
      if (found.form === 'binary') return await readBinary(source, found, from, wanted)
      if (cursor === null || cursor.channel !== channel || cursor.next > from) {
        cursor = { channel, next: 0, lines: new LineReader(source, found.at), rest: [] }
      }
      return await readText(path, cursor, found, { from, count: wanted })
    },
    [Symbol.asyncDispose]: () => file.close(),
  }
}

function readBinary(source: ByteSource, channel: UffChannel, from: number, count: number): Promise<Float32Array | Float64Array> {
  const { at, isDouble, isLittleEndian, frames } = channel
  return readNumbers({ source, at, type: isDouble ? DATA_TYPE.double : DATA_TYPE.single, count: frames, isLittleEndian }, { from, count })
}

async function readText(
  path: string,
  cursor: Cursor,
  channel: UffChannel,
  range: { readonly from: number; readonly count: number },
): Promise<Float32Array | Float64Array> {
  const length = Math.min(range.count, Math.ceil((cursor.lines.size - cursor.lines.at) / 2) + cursor.rest.length)
  const samples = channel.isSingle ? new Float32Array(length) : new Float64Array(length)
  let done = 0
  while (done < range.count) {
    if (cursor.rest.length === 0) {
      const line = await cursor.lines.next()
      if (line === null || line.trim() === '-1')
        throw unreadable(path, `${channel.name} ends after ${cursor.next} of ${channel.frames} values`)
      cursor.rest = numbersOf(path, line, channel)
    }
    while (cursor.rest.length > 0 && done < range.count) {
      const value = cursor.rest.shift() ?? Number.NaN
      if (cursor.next++ >= range.from) samples[done++] = value
    }
  }
  return samples
}

/** Fields of fixed width may touch each other; some writers keep to spaces instead. */
function numbersOf(path: string, line: string, channel: UffChannel): number[] {
  const width = channel.isDouble ? WIDTH.double : WIDTH.single
  const text = line.trimEnd().replaceAll(/[dD]/g, 'E')
  const fixed = Array.from({ length: Math.ceil(text.length / width) }, (_, i) => numberOf(text.slice(i * width, (i + 1) * width)))
  if (fixed.every((value) => value !== null)) return fixed
  const spaced = text.trim().split(/\s+/).map(numberOf)
  if (spaced.every((value) => value !== null)) return spaced
  throw unreadable(path, `${channel.name} holds "${text.slice(0, 40)}", which is no number`)
}

/** Null where the text is none. */
function numberOf(text: string): number | null {
  const trimmed = text.trim()
  if (/^[+-]?nan$/i.test(trimmed)) return Number.NaN
  const value = Number(trimmed)
  return trimmed === '' || Number.isNaN(value) ? null : value
}
