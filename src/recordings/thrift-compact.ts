/** What a Thrift compact structure holds, kept as it came so that it can be written again. @see https://github.com/apache/thrift/blob/master/doc/specs/thrift-compact-protocol.md */
export type ThriftValue = bigint | boolean | Buffer | ThriftList | ThriftStruct
export interface ThriftList {
  readonly kind: 'list'
  readonly type: number
  readonly items: readonly ThriftValue[]
}
export interface ThriftField {
  readonly id: number
  readonly type: number
  readonly value: ThriftValue
}
export interface ThriftStruct {
  readonly kind: 'struct'
  readonly fields: readonly ThriftField[]
}

/** The bytes are not what they should be. */
export class ThriftError extends Error {}

export const THRIFT = {
  true: 1,
  false: 2,
  byte: 3,
  i16: 4,
  i32: 5,
  i64: 6,
  double: 7,
  binary: 8,
  list: 9,
  set: 10,
  map: 11,
  struct: 12,
} as const
const MAX_DEPTH = 16

/** Reads one structure. @throws ThriftError */
export function readThrift(bytes: Buffer): ThriftStruct {
  let at = 0

  function byte(): number {
    const value = bytes[at++]
    if (value === undefined) throw new ThriftError('it ends in the middle')
    return value
  }

  function varint(): bigint {
    let value = 0n
    for (let shift = 0n; shift < 70n; shift += 7n) {
      const next = byte()
      value |= BigInt(next & 0x7f) << shift
      if (next < 0x80) return value
    }
    throw new ThriftError('a number has no end')
  }

  function zigzag(): bigint {
    const value = varint()
    return (value >> 1n) ^ -(value & 1n)
  }

  function piece(length: number): Buffer {
    if (!(length >= 0 && at + length <= bytes.length)) throw new ThriftError('a text is longer than the file')
    at += length
    return bytes.subarray(at - length, at)
  }

  function value(type: number, depth: number): ThriftValue {
    if (depth > MAX_DEPTH) throw new ThriftError('it is nested too deeply')
    switch (type) {
      case THRIFT.byte:
        return BigInt(byte())
      case THRIFT.i16:
      case THRIFT.i32:
      case THRIFT.i64:
        return zigzag()
      case THRIFT.double:
        return piece(8)
      case THRIFT.binary:
        return piece(Number(varint()))
      case THRIFT.list:
      case THRIFT.set:
        return list(depth)
      case THRIFT.struct:
        return struct(depth + 1)
      default:
        throw new ThriftError(`there is no type ${type}`)
    }
  }

  function list(depth: number): ThriftList {
    const head = byte()
    const size = head >> 4 === 15 ? Number(varint()) : head >> 4
    const type = head & 15
    if (size > bytes.length - at) throw new ThriftError('a list is longer than the file')
    const items: ThriftValue[] = []
    for (let i = 0; i < size; i++) items.push(type <= THRIFT.false ? byte() === THRIFT.true : value(type, depth + 1))
    return { kind: 'list', type, items }
  }

  function struct(depth: number): ThriftStruct {
    const fields: ThriftField[] = []
    for (let id = 0, head = byte(); head !== 0; head = byte()) {
      const type = head & 15
      id = head >> 4 === 0 ? Number(zigzag()) : id + (head >> 4)
      fields.push({ id, type, value: type <= THRIFT.false ? type === THRIFT.true : value(type, depth) })
    }
    return { kind: 'struct', fields }
  }

  return struct(0)
}

/** Writes a structure as readThrift reads it. */
export function writeThrift(root: ThriftStruct): Buffer {
  const pieces: Buffer[] = []
  let small: number[] = []

  function flush(): void {
    if (small.length > 0) pieces.push(Buffer.from(small))
    small = []
  }

  function varint(from: bigint): void {
    let rest = from
    for (; rest >= 0x80n; rest >>= 7n) small.push(Number(rest & 0x7fn) | 0x80)
    small.push(Number(rest))
  }

  function zigzag(number: bigint): void {
    varint(number >= 0n ? number << 1n : (-number << 1n) - 1n)
  }

  function value(type: number, written: ThriftValue): void {
    if (typeof written === 'bigint') {
      if (type === THRIFT.byte) small.push(Number(written))
      else zigzag(written)
    } else if (typeof written === 'boolean') small.push(written ? THRIFT.true : THRIFT.false)
    else if (Buffer.isBuffer(written)) {
      if (type !== THRIFT.double) varint(BigInt(written.length))
      flush()
      pieces.push(written)
    } else if (written.kind === 'list') {
      small.push((Math.min(15, written.items.length) << 4) | written.type)
      if (written.items.length >= 15) varint(BigInt(written.items.length))
      for (const item of written.items) value(written.type, item)
    } else struct(written)
  }

  function struct({ fields }: ThriftStruct): void {
    let before = 0
    for (const { id, type, value: written } of fields) {
      const head = typeof written === 'boolean' ? (written ? THRIFT.true : THRIFT.false) : type
      const step = id - before
      if (step > 0 && step < 16) small.push((step << 4) | head)
      else {
        small.push(head)
        zigzag(BigInt(id))
      }
      before = id
      if (typeof written !== 'boolean') value(type, written)
    }
    small.push(0)
  }

  struct(root)
  flush()
  return Buffer.concat(pieces)
}
