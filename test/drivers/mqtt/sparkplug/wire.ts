/** Protobuf by hand, so that no expected byte comes from the code under test. */

/** Bytes from hex; blanks are for the reader. */
export function bytesOf(...hex: string[]): Uint8Array {
  return Uint8Array.from(Buffer.from(hex.join('').replaceAll(' ', ''), 'hex'))
}

/** Seven bits a byte, least significant first, the top bit set on all but the last. */
export function varint(value: bigint): number[] {
  return value < 0x80n ? [Number(value)] : [Number(value & 0x7fn) | 0x80, ...varint(value >> 7n)]
}

/** A field: its tag, then the bytes given (a length stands in them where the wire type wants one). */
export function field(number: number, wireType: number, content: readonly number[]): number[] {
  return [...varint(BigInt((number << 3) | wireType)), ...content]
}

/** A text with its length before it. */
export function text(value: string): number[] {
  const bytes = [...new TextEncoder().encode(value)]
  return [...varint(BigInt(bytes.length)), ...bytes]
}
