import type { ModbusPoint } from './address.js'
import type { ByteOrder, RegisterType } from './register-type.js'

/** What registers say. */
export interface Decoded {
  /** In the point's unit; 0 for a string. */
  readonly value: number
  /** A string, or the exact digits of an integer beyond 2^53; else null. */
  readonly text: string | null
}

type Reading = Pick<ModbusPoint, 'type' | 'order' | 'scale' | 'offset' | 'bit'>

/**
 * The value that registers hold, scaled.
 * @param registers as many as `widthOf` says.
 * @returns undefined where they hold none: NaN, infinity, a nibble above 9 in BCD.
 */
export function decodeRegisters(registers: Uint16Array, reading: Reading): Decoded | undefined {
  if (reading.type === 'string') return { value: 0, text: textOf(registers, reading.order) }
  if (reading.type === 'uint16' && reading.order === 'abcd')
    return { value: scaled(registers[0] ?? 0, reading.scale, reading.offset), text: null }
  const raw = decodeRaw(registers, reading.type, reading.order, reading.bit)
  if (raw === undefined) return undefined
  const { scale, offset } = reading
  if (typeof raw === 'bigint') {
    const isExact = raw <= BigInt(Number.MAX_SAFE_INTEGER) && raw >= BigInt(Number.MIN_SAFE_INTEGER)
    const text = isExact || scale !== 1 || offset !== 0 ? null : raw.toString()
    return { value: scaled(Number(raw), scale, offset), text }
  }
  const value = scaled(raw, scale, offset)
  return Number.isFinite(value) ? { value, text: null } : undefined
}

/** The number that registers hold, before scaling; undefined where they hold none that this type knows. */
export function decodeRaw(
  registers: Uint16Array,
  type: RegisterType,
  order: ByteOrder,
  bit: number | null = null,
): number | bigint | undefined {
  const view = bigEndian(registers, order)
  switch (type) {
    case 'int16':
      return view.getInt16(0)
    case 'uint16':
      return view.getUint16(0)
    case 'int32':
      return view.getInt32(0)
    case 'uint32':
      return view.getUint32(0)
    case 'int64':
      return view.getBigInt64(0)
    case 'uint64':
      return view.getBigUint64(0)
    case 'float32':
      return view.getFloat32(0)
    case 'float64':
      return view.getFloat64(0)
    case 'bcd16':
      return decimalOf(view.getUint16(0))
    case 'bcd32':
      return decimalOf(view.getUint32(0))
    case 'boolean':
      return bit === null ? Number(view.getUint16(0) !== 0) : (view.getUint16(0) >> bit) & 1
    case 'string':
      return undefined
  }
}

/** The bytes as the specification would have sent them. */
function bigEndian(registers: Uint16Array, order: ByteOrder): DataView {
  const view = new DataView(new ArrayBuffer(registers.length * 2))
  const areWordsReversed = order === 'cdab' || order === 'dcba'
  const areBytesSwapped = order === 'badc' || order === 'dcba'
  registers.forEach((register, index) => {
    view.setUint16((areWordsReversed ? registers.length - 1 - index : index) * 2, register, areBytesSwapped)
  })
  return view
}

/** The bits that registers hold, as one number, most significant first. */
export function bitsOf(registers: Uint16Array, order: ByteOrder): bigint {
  const view = bigEndian(registers, order)
  let bits = 0n
  for (let at = 0; at < view.byteLength; at += 2) bits = (bits << 16n) | BigInt(view.getUint16(at))
  return bits
}

/** A tenth is divided by ten and not multiplied by 0.1: 3 then gives 0.3 and not 0.30000000000000004. */
function scaled(raw: number, scale: number, offset: number): number {
  if (scale === 1) return raw + offset
  const inverse = Math.round(1 / scale)
  return (Math.abs(inverse * scale - 1) < 1e-12 ? raw / inverse : raw * scale) + offset
}

function decimalOf(bcd: number): number | undefined {
  const digits = bcd.toString(16)
  return /^\d+$/.test(digits) ? Number(digits) : undefined
}

/** Characters lie two a register and are never reversed by words; devices end them with zeros or blanks. */
function textOf(registers: Uint16Array, order: ByteOrder): string {
  const bytes = Buffer.alloc(registers.length * 2)
  const areBytesSwapped = order === 'badc' || order === 'dcba'
  registers.forEach((register, index) =>
    areBytesSwapped ? bytes.writeUInt16LE(register, index * 2) : bytes.writeUInt16BE(register, index * 2),
  )
  const end = bytes.indexOf(0)
  const used = end < 0 ? bytes : bytes.subarray(0, end)
  const utf8 = used.toString('utf8')
  return (utf8.includes('�') ? used.toString('latin1') : utf8).trimEnd()
}
