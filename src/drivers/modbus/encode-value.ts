import type { ModbusPoint } from './address.js'
import { widthOf } from './address.js'
import { decodeRegisters } from './register-codec.js'

/** What registers must hold so that they decode to a value; and the value that they then decode to. */
export interface Encoded {
  readonly registers: Uint16Array
  readonly value: number
}

/**
 * The inverse of `decodeRegisters`, as near as the type allows: integers take the nearest step of their scale.
 * @returns null where the type cannot hold it (too large, a negative in an unsigned, text).
 */
export function encodeValue(value: number, point: ModbusPoint): Encoded | null {
  const { type, order, scale, offset } = point
  const raw = (value - offset) / scale
  const view = new DataView(new ArrayBuffer(widthOf(point) * 2))
  if (type === 'string' || !Number.isFinite(raw) || !put(view, type, raw)) return null
  const areWordsReversed = order === 'cdab' || order === 'dcba'
  const areBytesSwapped = order === 'badc' || order === 'dcba'
  const count = widthOf(point)
  const registers = Uint16Array.from({ length: count }, (_, at) =>
    view.getUint16((areWordsReversed ? count - 1 - at : at) * 2, areBytesSwapped),
  )
  const decoded = decodeRegisters(registers, point)
  return decoded && decoded.text === null ? { registers, value: decoded.value } : null
}

/** @returns whether the type holds it. */
function put(view: DataView, type: Exclude<ModbusPoint['type'], 'string'>, raw: number): boolean {
  switch (type) {
    case 'float32':
      view.setFloat32(0, raw)
      return Number.isFinite(Math.fround(raw))
    case 'float64':
      view.setFloat64(0, raw)
      return true
    case 'boolean':
      return putWhole(view, Math.round(raw), { lowest: 0, count: 2 })
    case 'bcd16':
    case 'bcd32':
      return putDecimal(view, Math.round(raw))
    case 'int16':
    case 'int32':
    case 'int64':
      return putWhole(view, Math.round(raw), { lowest: -(2 ** (view.byteLength * 8 - 1)), count: 2 ** (view.byteLength * 8) })
    case 'uint16':
    case 'uint32':
    case 'uint64':
      return putWhole(view, Math.round(raw), { lowest: 0, count: 2 ** (view.byteLength * 8) })
  }
}

function putWhole(view: DataView, whole: number, range: { readonly lowest: number; readonly count: number }): boolean {
  if (!Number.isSafeInteger(whole) || whole < range.lowest || whole >= range.lowest + range.count) return false
  if (view.byteLength === 2) view.setInt16(0, whole)
  else if (view.byteLength === 4) view.setInt32(0, whole)
  else view.setBigInt64(0, BigInt(whole))
  return true
}

/** Binary coded decimals: each hexadecimal digit is a decimal one. */
function putDecimal(view: DataView, whole: number): boolean {
  if (whole < 0 || whole >= 10 ** (view.byteLength * 2)) return false
  const nibbles = Number.parseInt(String(whole), 16)
  return putWhole(view, nibbles, { lowest: 0, count: 2 ** (view.byteLength * 8) })
}
