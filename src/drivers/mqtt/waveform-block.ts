import { CodecError } from './codec-error.js'
import { MAX_UNIT_BYTES, MAX_WAVEFORM_SAMPLES, type WaveformBlock } from './waveform.js'

export type { WaveformBlock } from './waveform.js'

/** 'CFWV' read as a little-endian u32. */
const MAGIC = 0x56574643
const VERSION = 1
const HEADER_BYTES = 41
const FORMATS = { 1: 'float32', 2: 'int16', 3: 'float64' } as const
const FORMAT_CODE = { float32: 1, int16: 2, float64: 3 } as const
const SAMPLE_BYTES = { float32: 4, int16: 2, float64: 8 } as const
const INT16_MAX = 32_767

/** Whether the bytes claim to be a waveform block; a cheap look at the first four. */
export function looksLikeWaveformBlock(bytes: Uint8Array): boolean {
  return bytes.length >= HEADER_BYTES && viewOf(bytes).getUint32(0, true) === MAGIC
}

/**
 * Writes a waveform block (layout: README, "Waveform blocks").
 * @throws CodecError where a field does not fit, e.g. a sample beyond `scale` × 32767 in `int16`: clipping would falsify a peak.
 */
export function encodeWaveformBlock(block: WaveformBlock): Uint8Array {
  const { samples } = block
  const format = block.format ?? (samples instanceof Float32Array ? 'float32' : 'float64')
  const unit = new TextEncoder().encode(block.unit)
  if (unit.length > MAX_UNIT_BYTES) throw new CodecError(`the unit takes ${unit.length} bytes, more than ${MAX_UNIT_BYTES}`)
  checkTiming(block.startedAt, block.sampleRateHz, samples.length)
  if (!Number.isInteger(block.sequence) || block.sequence < 0 || block.sequence > 0xffffffff) throw new CodecError('the sequence is no u32')
  const scale = format === 'int16' ? (block.scale ?? fullScaleOf(samples)) : 1
  if (!(scale > 0 && Number.isFinite(scale))) throw new CodecError('the scale must be a positive number')

  const start = paddedLength(unit.length)
  const bytes = new Uint8Array(start + samples.length * SAMPLE_BYTES[format])
  const view = viewOf(bytes)
  view.setUint32(0, MAGIC, true)
  view.setUint8(4, VERSION)
  view.setUint8(5, FORMAT_CODE[format])
  view.setBigInt64(8, BigInt(block.startedAt), true)
  view.setFloat64(16, block.sampleRateHz, true)
  view.setUint32(24, block.sequence, true)
  view.setUint32(28, samples.length, true)
  view.setFloat64(32, scale, true)
  view.setUint8(40, unit.length)
  bytes.set(unit, HEADER_BYTES)
  for (let i = 0; i < samples.length; i++) {
    const sample = samples[i] ?? 0
    if (format === 'float32') view.setFloat32(start + 4 * i, sample, true)
    else if (format === 'float64') view.setFloat64(start + 8 * i, sample, true)
    else view.setInt16(start + 2 * i, countOf(sample, scale), true)
  }
  return bytes
}

/**
 * Reads a waveform block; the samples are a copy, so that a block does not keep a whole network buffer alive.
 * @throws CodecError on anything else, and on a sample that is no finite number.
 */
export function decodeWaveformBlock(bytes: Uint8Array): WaveformBlock {
  if (!looksLikeWaveformBlock(bytes)) throw new CodecError('not a waveform block: it does not begin with CFWV')
  const view = viewOf(bytes)
  if (view.getUint8(4) !== VERSION) throw new CodecError(`waveform block version ${view.getUint8(4)} is not known`)
  const format = FORMATS[view.getUint8(5) as keyof typeof FORMATS] as (typeof FORMATS)[keyof typeof FORMATS] | undefined
  if (format === undefined) throw new CodecError(`waveform sample format ${view.getUint8(5)} is not known`)
  const startedAt = Number(view.getBigInt64(8, true))
  const sampleRateHz = view.getFloat64(16, true)
  const count = view.getUint32(28, true)
  const scale = view.getFloat64(32, true)
  const unitLength = view.getUint8(40)
  checkTiming(startedAt, sampleRateHz, count)
  if (unitLength > MAX_UNIT_BYTES) throw new CodecError(`the unit takes ${unitLength} bytes, more than ${MAX_UNIT_BYTES}`)
  const start = paddedLength(unitLength)
  const expected = start + count * SAMPLE_BYTES[format]
  if (bytes.length !== expected) throw new CodecError(`${count} samples need ${expected} bytes, not ${bytes.length}`)
  const unit = decodeUnit(bytes.subarray(HEADER_BYTES, HEADER_BYTES + unitLength))
  const samples = format === 'float64' ? new Float64Array(count) : new Float32Array(count)
  for (let i = 0; i < count; i++) {
    if (format === 'float32') samples[i] = view.getFloat32(start + 4 * i, true)
    else if (format === 'float64') samples[i] = view.getFloat64(start + 8 * i, true)
    else samples[i] = view.getInt16(start + 2 * i, true) * scale
    if (!Number.isFinite(samples[i])) throw new CodecError(`sample ${i} is no finite number`)
  }
  const timing = { startedAt, sampleRateHz, sequence: view.getUint32(24, true), unit, samples, format }
  return format === 'int16' ? { ...timing, scale } : timing
}

function checkTiming(startedAt: number, sampleRateHz: number, count: number): void {
  if (!Number.isSafeInteger(startedAt)) throw new CodecError('the start is no whole number of microseconds')
  if (!(sampleRateHz > 0 && Number.isFinite(sampleRateHz))) throw new CodecError('the sample rate must be a positive number')
  if (count > MAX_WAVEFORM_SAMPLES) throw new CodecError(`${count} samples are more than ${MAX_WAVEFORM_SAMPLES}`)
}

function paddedLength(unitLength: number): number {
  return Math.ceil((HEADER_BYTES + unitLength) / 8) * 8
}

function fullScaleOf(samples: Float32Array | Float64Array): number {
  let peak = 0
  for (const sample of samples) peak = Math.max(peak, Math.abs(sample))
  return peak === 0 ? 1 : peak / INT16_MAX
}

function countOf(sample: number, scale: number): number {
  const counts = Math.round(sample / scale)
  if (Math.abs(counts) <= INT16_MAX) return counts
  throw new CodecError(`sample ${sample} does not fit an int16 of scale ${scale}`)
}

function decodeUnit(bytes: Uint8Array): string {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes)
  } catch {
    throw new CodecError('the unit is not UTF-8')
  }
}

function viewOf(bytes: Uint8Array): DataView {
  return new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength)
}
