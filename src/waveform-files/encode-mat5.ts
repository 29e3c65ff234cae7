import { formatMicros } from '../readings/time.js'
import { ARRAY_CLASS, DATA_TYPE } from './mat5/mat5-types.js'
import { bytesOfSamples, type WaveformSignal } from './waveform-signal.js'

/** MATLAB itself reads variables below 2 GiB from this version. */
export const MOST_MAT_SAMPLES = 250_000_000
/** MATLAB's namelengthmax. */
const LONGEST_NAME = 63
const FIELDS = ['sensor', 'unit', 'started_at', 'sample_rate_hz', 'samples'] as const
const FIELD_NAME_BYTES = 32

/**
 * A MAT-file of level 5, uncompressed: one struct a signal, with `samples` as a column (n × 1), `sample_rate_hz`, `unit`, `sensor`
 * and `started_at`. An empty unit is one that nobody stated.
 * @see "MAT-File Format", The MathWorks, chapter 1.
 */
export async function* encodeMat5(signals: readonly WaveformSignal[]): AsyncGenerator<Uint8Array> {
  const header = Buffer.alloc(128, ' ')
  header.write('MATLAB 5.0 MAT-file, written by chatterfix', 0, 'latin1')
  header.fill(0, 116, 124)
  header.writeUInt16LE(0x0100, 124)
  header.write('IM', 126, 'latin1')
  yield header
  const taken = new Set<string>()
  for (const signal of signals) yield* structOf(signal, variableName(signal.name, taken))
}

async function* structOf(signal: WaveformSignal, name: string): AsyncGenerator<Uint8Array> {
  const names = Buffer.alloc(FIELDS.length * FIELD_NAME_BYTES)
  FIELDS.forEach((field, i) => names.write(field, i * FIELD_NAME_BYTES, 'latin1'))
  const fieldNameLength = Buffer.alloc(8)
  fieldNameLength.writeUInt16LE(DATA_TYPE.int32, 0)
  fieldNameLength.writeUInt16LE(4, 2)
  fieldNameLength.writeInt32LE(FIELD_NAME_BYTES, 4)
  const rate = Buffer.alloc(8)
  rate.writeDoubleLE(signal.sampleRateHz)
  const before = Buffer.concat([
    arrayHead(ARRAY_CLASS.struct, [1, 1], name),
    fieldNameLength,
    element(DATA_TYPE.int8, names),
    text(signal.name),
    text(signal.unit ?? ''),
    text(formatMicros(signal.startedAt)),
    matrix(arrayHead(ARRAY_CLASS.double, [1, 1], ''), element(DATA_TYPE.double, rate)),
  ])
  const isDouble = signal.encoding === 'float64'
  const sampleBytes = signal.length * (isDouble ? 8 : 4)
  const samplesHead = arrayHead(isDouble ? ARRAY_CLASS.double : ARRAY_CLASS.single, [signal.length, 1], '')
  const padding = (8 - (sampleBytes % 8)) % 8
  const samplesElement = samplesHead.length + 8 + sampleBytes + padding
  yield tag(DATA_TYPE.matrix, before.length + 8 + samplesElement)
  yield before
  yield tag(DATA_TYPE.matrix, samplesElement)
  yield samplesHead
  yield tag(isDouble ? DATA_TYPE.double : DATA_TYPE.single, sampleBytes)
  for await (const piece of signal.samples()) yield bytesOfSamples(piece, signal.encoding)
  yield Buffer.alloc(padding)
}

/** Flags, dimensions and name. */
function arrayHead(arrayClass: number, dimensions: readonly number[], name: string): Buffer {
  const flags = Buffer.alloc(8)
  flags.writeUInt32LE(arrayClass)
  const sizes = Buffer.alloc(4 * dimensions.length)
  dimensions.forEach((size, i) => sizes.writeInt32LE(size, 4 * i))
  return Buffer.concat([element(DATA_TYPE.uint32, flags), element(DATA_TYPE.int32, sizes), element(DATA_TYPE.int8, Buffer.from(name))])
}

/** A row of characters, 16 bits each. Called UTF-16: of mere 16-bit numbers scipy reads no more than ASCII. */
function text(value: string): Buffer {
  const head = arrayHead(ARRAY_CLASS.char, [value.length === 0 ? 0 : 1, value.length], '')
  return matrix(head, element(DATA_TYPE.utf16, Buffer.from(value, 'utf16le')))
}

function matrix(...parts: readonly Buffer[]): Buffer {
  return element(DATA_TYPE.matrix, Buffer.concat(parts))
}

function element(type: number, body: Buffer): Buffer {
  return Buffer.concat([tag(type, body.length), body, Buffer.alloc((8 - (body.length % 8)) % 8)])
}

function tag(type: number, bytes: number): Buffer {
  const head = Buffer.alloc(8)
  head.writeUInt32LE(type, 0)
  head.writeUInt32LE(bytes, 4)
  return head
}

/** What MATLAB takes for a name: a letter, then letters, digits and underscores; each once. */
function variableName(sensor: string, taken: Set<string>): string {
  const plain = sensor.replaceAll(/[^A-Za-z0-9_]+/g, '_').replace(/^[^A-Za-z]+/, '')
  const base = (plain === '' ? 'signal' : plain).slice(0, LONGEST_NAME - 8)
  let name = base
  for (let k = 2; taken.has(name); k++) name = `${base}_${k}`
  taken.add(name)
  return name
}
