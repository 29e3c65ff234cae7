import type { Frame } from './frame.js'
import type { Parcel, ParcelSensor, ReadingParcel, SummaryParcel, WaveformParcel } from './parcel.js'

/** What a damaged parcel is answered with. Never reaches a user: the spool stops reading that segment. */
export class ParcelError extends Error {
  override readonly name = 'ParcelError'
}

/** Bytes of the head's length. */
const PREFIX_BYTES = 4
const MAX_HEAD_BYTES = 64 << 20

type Head =
  | {
      readonly kind: 'readings'
      readonly run: string
      readonly sensors: readonly ParcelSensor[]
      readonly n: number
      readonly texts: ReadingParcel['texts']
    }
  | SummaryParcel
  | (Omit<WaveformParcel, 'samples'> & { readonly n: number; readonly type: 'f32' | 'f64' })

/** u32 length of the head, the head as JSON, then the columns one after another; little-endian, as every machine that Node runs on. */
export function encodeParcel(parcel: Parcel): Uint8Array {
  const { head, columns } = writtenOut(parcel)
  const headBytes = Buffer.from(JSON.stringify(head))
  const length = Buffer.alloc(PREFIX_BYTES)
  length.writeUInt32LE(headBytes.length)
  return Buffer.concat([length, headBytes, ...columns.map(bytesOfColumn)])
}

/** @throws ParcelError on anything else. */
export function decodeParcel(bytes: Uint8Array): Parcel {
  const buffer = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength)
  const headLength = buffer.length < PREFIX_BYTES ? Number.POSITIVE_INFINITY : buffer.readUInt32LE(0)
  if (headLength > Math.min(MAX_HEAD_BYTES, buffer.length - PREFIX_BYTES)) throw new ParcelError('the head is longer than the parcel')
  const head = parseHead(buffer.toString('utf8', PREFIX_BYTES, PREFIX_BYTES + headLength))
  switch (head.kind) {
    case 'readings':
      return readingsIn(head, buffer, PREFIX_BYTES + headLength)
    case 'waveform':
      return waveformIn(head, buffer, PREFIX_BYTES + headLength)
    case 'summary':
      return head
  }
}

/** The parcel of a frame; null where it is damaged. */
export function parcelIn({ body }: Pick<Frame, 'body'>): Parcel | null {
  if (body === null) return null
  try {
    return decodeParcel(body)
  } catch (thrown) {
    if (thrown instanceof ParcelError) return null
    throw thrown
  }
}

type Column = Float64Array | Float32Array | Uint32Array | Uint8Array

function writtenOut(parcel: Parcel): { head: Head; columns: readonly Column[] } {
  switch (parcel.kind) {
    case 'readings':
      return readingsOut(parcel)
    case 'waveform':
      return waveformOut(parcel)
    case 'summary':
      return { head: parcel, columns: [] }
  }
}

function readingsOut(parcel: ReadingParcel): { head: Head; columns: readonly Column[] } {
  const { kind, run, sensors, sensor, at, value, quality, sequence, texts } = parcel
  return { head: { kind, run, sensors, n: at.length, texts }, columns: [at, value, sensor, sequence, quality] }
}

function waveformOut({ samples, ...rest }: WaveformParcel): { head: Head; columns: readonly Column[] } {
  return { head: { ...rest, n: samples.length, type: samples instanceof Float32Array ? 'f32' : 'f64' }, columns: [samples] }
}

function readingsIn({ run, sensors, n, texts }: Head & { kind: 'readings' }, bytes: Buffer, start: number): ReadingParcel {
  const [at, value, sensor, sequence, quality, end] = [start, start + 8 * n, start + 16 * n, start + 20 * n, start + 24 * n, start + 25 * n]
  if (bytes.length !== end || !Array.isArray(sensors)) throw new ParcelError('its columns are not as long as it says')
  return {
    kind: 'readings',
    run,
    sensors,
    at: new Float64Array(copyOf(bytes, at, value)),
    value: new Float64Array(copyOf(bytes, value, sensor)),
    sensor: new Uint32Array(copyOf(bytes, sensor, sequence)),
    sequence: new Uint32Array(copyOf(bytes, sequence, quality)),
    quality: new Uint8Array(copyOf(bytes, quality, end)),
    texts,
  }
}

function waveformIn({ n, type, ...rest }: Head & { kind: 'waveform' }, bytes: Buffer, start: number): WaveformParcel {
  if (bytes.length !== start + n * (type === 'f32' ? 4 : 8)) throw new ParcelError('its samples are not as many as it says')
  const samples = copyOf(bytes, start, bytes.length)
  return { ...rest, samples: type === 'f32' ? new Float32Array(samples) : new Float64Array(samples) }
}

function parseHead(text: string): Head {
  let head: unknown
  try {
    head = JSON.parse(text)
  } catch {
    throw new ParcelError('its head is no JSON')
  }
  const { kind, n } = (head ?? {}) as { kind?: unknown; n?: unknown }
  if (kind !== 'summary' && !((kind === 'readings' || kind === 'waveform') && Number.isInteger(n)))
    throw new ParcelError('its head is that of nothing known')
  return head as Head
}

function bytesOfColumn(column: Column): Uint8Array {
  return new Uint8Array(column.buffer, column.byteOffset, column.byteLength)
}

/** Columns need not begin at a multiple of their width. */
function copyOf(bytes: Buffer, from: number, to: number): ArrayBuffer {
  return Uint8Array.from(bytes.subarray(from, to)).buffer
}
