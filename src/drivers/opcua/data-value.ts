import type { DataValue } from 'node-opcua-client'
import { QUALITY } from '../../readings/quality.js'
import type { EpochMicros } from '../../readings/time.js'
import { BUILT_IN } from './data-type.js'
import { qualityOfStatus } from './status-quality.js'

/** One value as a row of a batch needs it. */
export interface ReadValue {
  /** NaN where the value is text, or bad. */
  readonly value: number
  readonly text: string | null
  readonly quality: number
}

const LONGEST_TEXT = 4096
const SCALAR = 0
const ARRAY = 1

/** What the server answered, in our words. `index` picks an element of an array. */
export function readValueOf(answer: DataValue, index: number | null): ReadValue {
  const quality = qualityOfStatus(answer.statusCode.value)
  if (quality >= 128) return bad(quality)
  const { dataType, arrayType, value } = shapeOf(answer)
  if (dataType === 0 || value === null || value === undefined) return bad(QUALITY.undecodable)
  if (arrayType !== (index === null ? SCALAR : ARRAY)) return bad(QUALITY['not-configured'])
  const one: unknown = index === null ? value : (value as ArrayLike<unknown>)[index]
  return one === undefined ? bad(QUALITY['not-configured']) : rowOf(one, dataType, quality)
}

/** Source time in epoch microseconds; null where the server gives none (or the year 1601, which is its way to say so). */
export function sourceMicrosOf({ sourceTimestamp, sourcePicoseconds }: DataValue): EpochMicros | null {
  const ms = sourceTimestamp?.getTime() ?? 0
  return ms > 0 ? ms * 1000 + Math.floor((sourcePicoseconds ?? 0) / 1e6) : null
}

/** The samples of a one-dimensional array of numbers; null where it is something else. Floats stay 32 bits, all else becomes 64. */
export function samplesOf(answer: DataValue): Float32Array | Float64Array | null {
  const { dataType, arrayType, value } = shapeOf(answer)
  if (arrayType !== ARRAY || value === null || value === undefined) return null
  if (value instanceof Float32Array || value instanceof Float64Array) return value
  const isNarrow = dataType >= BUILT_IN.int8 && dataType <= BUILT_IN.uint32
  if (isNarrow || dataType === BUILT_IN.float64) return Float64Array.from(value as ArrayLike<number>)
  return dataType === BUILT_IN.float32 ? Float32Array.from(value as ArrayLike<number>) : null
}

/** The library's enumerations are numbers of the specification; its value may be anything. */
function shapeOf({ value }: DataValue): { readonly dataType: number; readonly arrayType: number; readonly value: unknown } {
  return { dataType: value.dataType, arrayType: value.arrayType, value: value.value as unknown }
}

function rowOf(value: unknown, dataType: number, quality: number): ReadValue {
  if (dataType === BUILT_IN.int64 || dataType === BUILT_IN.uint64) return rowOfInteger(exactOf(value, dataType), quality)
  if (typeof value === 'number') return Number.isFinite(value) ? { value, text: null, quality } : bad(QUALITY['device-fault'])
  if (typeof value === 'boolean') return { value: value ? 1 : 0, text: null, quality }
  if (value instanceof Date) return { value: value.getTime() / 1000, text: value.toISOString(), quality }
  const text = typeof value === 'string' ? value : (value as { text?: unknown } | null)?.text
  return typeof text === 'string' ? { value: Number.NaN, text: text.slice(0, LONGEST_TEXT), quality } : bad(QUALITY.undecodable)
}

/** Beyond 2^53 the number is rounded and the text exact. */
function rowOfInteger(exact: bigint | null, quality: number): ReadValue {
  if (exact === null) return bad(QUALITY.undecodable)
  const value = Number(exact)
  return { value, text: Number.isSafeInteger(value) ? null : exact.toString(), quality }
}

/** The library gives 64-bit integers as two unsigned words, [high, low]. */
function exactOf(value: unknown, dataType: number): bigint | null {
  if (!Array.isArray(value) && !(value instanceof Uint32Array)) return null
  const [high, low] = value as unknown as readonly unknown[]
  if (typeof high !== 'number' || typeof low !== 'number') return null
  const unsigned = (BigInt(high >>> 0) << 32n) | BigInt(low >>> 0)
  return dataType === BUILT_IN.int64 ? BigInt.asIntN(64, unsigned) : unsigned
}

function bad(quality: number): ReadValue {
  return { value: Number.NaN, text: null, quality }
}
