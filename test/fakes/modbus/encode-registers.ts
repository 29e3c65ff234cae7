/** Registers of numbers by DataView, and orders by moving bytes about: written apart from the driver's decoder so that the two can disagree. */
export type NumberType = 'int16' | 'uint16' | 'int32' | 'uint32' | 'int64' | 'uint64' | 'float32' | 'float64'
export type Order = 'abcd' | 'cdab' | 'badc' | 'dcba'

const BYTES = { int16: 2, uint16: 2, int32: 4, uint32: 4, int64: 8, uint64: 8, float32: 4, float64: 8 } as const

export function encodeRegisters(value: number | bigint, type: NumberType, order: Order = 'abcd'): number[] {
  const bytes = new Uint8Array(BYTES[type])
  const view = new DataView(bytes.buffer)
  if (type === 'int16') view.setInt16(0, Number(value))
  else if (type === 'uint16') view.setUint16(0, Number(value))
  else if (type === 'int32') view.setInt32(0, Number(value))
  else if (type === 'uint32') view.setUint32(0, Number(value))
  else if (type === 'int64') view.setBigInt64(0, BigInt(value))
  else if (type === 'uint64') view.setBigUint64(0, BigInt(value))
  else if (type === 'float32') view.setFloat32(0, Number(value))
  else view.setFloat64(0, Number(value))
  return reorder(bytes, order)
}

function reorder(bytes: Uint8Array, order: Order): number[] {
  let words: [number, number][] = []
  for (let at = 0; at < bytes.length; at += 2) words.push([bytes[at] ?? 0, bytes[at + 1] ?? 0])
  if (order === 'cdab' || order === 'dcba') words = words.reverse()
  if (order === 'badc' || order === 'dcba') words = words.map(([high, low]) => [low, high])
  return words.map(([high, low]) => high * 256 + low)
}
