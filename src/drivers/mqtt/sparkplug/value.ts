import type { Reader, Writer } from 'protobufjs/minimal.js'
import { CodecError } from '../codec-error.js'
import { tagOf, type ValueFields, WIRE } from './fields.js'
import type { SparkplugDatatype, SparkplugValue } from './payload.js'

const SIGNED_BITS: Partial<Record<SparkplugDatatype, number>> = { Int8: 8, Int16: 16, Int32: 32, Int64: 64 }

/** Reads the value that stands at `tag`; undefined where the tag is none of the scalar members (nothing is consumed then). */
export function readValue(reader: Reader, tag: number, fields: ValueFields): Exclude<SparkplugValue, null> | undefined {
  switch (tag) {
    case tagOf(fields.int, WIRE.varint):
    case tagOf(fields.long, WIRE.varint):
      return readUnsigned(reader)
    case tagOf(fields.float, WIRE.fixed32):
      return reader.float()
    case tagOf(fields.double, WIRE.fixed64):
      return reader.double()
    case tagOf(fields.boolean, WIRE.varint):
      return reader.bool()
    case tagOf(fields.string, WIRE.length):
      return reader.string()
    default:
      return fields.bytes !== null && tag === tagOf(fields.bytes, WIRE.length) ? Uint8Array.from(reader.bytes()) : undefined
  }
}

/** An unsigned varint: a number while that is exact, else a bigint. */
export function readUnsigned(reader: Reader): number | bigint {
  const long = reader.uint64()
  if (typeof long === 'number') return long
  const high = long.high >>> 0
  return high < 0x20_0000 ? high * 0x1_0000_0000 + (long.low >>> 0) : (BigInt(high) << 32n) | BigInt(long.low >>> 0)
}

/**
 * What an integer off the wire means as `datatype`: Sparkplug sends signed integers as unsigned two's complement, some senders
 * sign-extended to 32 or 64 bits. Everything but integers passes as it is.
 */
export function asDatatype(value: SparkplugValue, datatype: SparkplugDatatype): SparkplugValue {
  if (typeof value !== 'number' && typeof value !== 'bigint') return value
  if (datatype === 'Boolean') return value !== 0 && value !== 0n
  const bits = SIGNED_BITS[datatype]
  if (bits === undefined || !(typeof value === 'bigint' || Number.isInteger(value))) return value
  return narrow(BigInt.asIntN(bits, BigInt(value)))
}

/** Writes a value into the member that its data type prescribes. */
export function writeValue(writer: Writer, datatype: SparkplugDatatype, value: Exclude<SparkplugValue, null>, fields: ValueFields): void {
  switch (datatype) {
    case 'Int8':
    case 'Int16':
    case 'Int32':
      writer.uint32(tagOf(fields.int, WIRE.varint)).uint32(Number(BigInt.asUintN(32, wholeOf(value, datatype))))
      return
    case 'UInt8':
    case 'UInt16':
    case 'UInt32':
      writer.uint32(tagOf(fields.int, WIRE.varint)).uint32(Number(wholeOf(value, datatype)))
      return
    case 'Int64':
    case 'UInt64':
    case 'DateTime':
      writeLong(writer.uint32(tagOf(fields.long, WIRE.varint)), wholeOf(value, datatype))
      return
    case 'Float':
      writer.uint32(tagOf(fields.float, WIRE.fixed32)).float(Number(value))
      return
    case 'Double':
      writer.uint32(tagOf(fields.double, WIRE.fixed64)).double(Number(value))
      return
    case 'Boolean':
      writer.uint32(tagOf(fields.boolean, WIRE.varint)).bool(value === true || value === 1)
      return
    case 'String':
    case 'Text':
    case 'UUID':
      writer.uint32(tagOf(fields.string, WIRE.length)).string(String(value))
      return
    default:
      if (!(value instanceof Uint8Array) || fields.bytes === null) throw new CodecError(`cannot write a ${datatype} from a ${typeof value}`)
      writer.uint32(tagOf(fields.bytes, WIRE.length)).bytes(value)
  }
}

/** Writes a 64-bit varint, seven bits a byte; negative ones as two's complement. */
export function writeLong(writer: Writer, value: bigint): void {
  const unsigned = BigInt.asUintN(64, value)
  writer.uint64({ low: Number(unsigned & 0xffffffffn) | 0, high: Number(unsigned >> 32n) | 0, unsigned: true })
}

const RANGE: Partial<Record<SparkplugDatatype, readonly [low: bigint, high: bigint]>> = {
  Int8: [-0x80n, 0x7fn],
  Int16: [-0x8000n, 0x7fffn],
  Int32: [-0x8000_0000n, 0x7fff_ffffn],
  Int64: [-(2n ** 63n), 2n ** 63n - 1n],
  UInt8: [0n, 0xffn],
  UInt16: [0n, 0xffffn],
  UInt32: [0n, 0xffff_ffffn],
  UInt64: [0n, 2n ** 64n - 1n],
  DateTime: [0n, 2n ** 64n - 1n],
}

function wholeOf(value: SparkplugValue, datatype: SparkplugDatatype): bigint {
  const whole = typeof value === 'bigint' ? value : typeof value === 'number' && Number.isInteger(value) ? BigInt(value) : undefined
  const [low, high] = RANGE[datatype] ?? [0n, 0n]
  if (whole === undefined || whole < low || whole > high) throw new CodecError(`${String(value)} is no ${datatype}`)
  return whole
}

function narrow(value: bigint): number | bigint {
  const number = Number(value)
  return Number.isSafeInteger(number) ? number : value
}
