import { crc32 } from 'node:zlib'

/** u32 length of the body, u32 CRC-32 of the body. */
export const FRAME_HEAD_BYTES = 8
/** Longer ones are not written; a longer length can only be damage. */
export const MAX_FRAME_BYTES = 256 << 20

export interface Frame {
  /** Null where the checksum says that it is damaged. */
  readonly body: Buffer | null
  /** Where the next one begins. */
  readonly end: number
}

/** A body with its length and checksum before it; little-endian. */
export function encodeFrame(body: Uint8Array): Buffer {
  const frame = Buffer.alloc(FRAME_HEAD_BYTES + body.length)
  frame.writeUInt32LE(body.length, 0)
  frame.writeUInt32LE(crc32(body), 4)
  frame.set(body, FRAME_HEAD_BYTES)
  return frame
}

/** The frame that begins at `offset`; null where not all of it is there, or its length makes no sense. */
export function frameAt(bytes: Buffer, offset: number): Frame | null {
  const length = frameLengthAt(bytes, offset)
  if (length === null || offset + length > bytes.length) return null
  const body = bytes.subarray(offset + FRAME_HEAD_BYTES, offset + length)
  return { body: crc32(body) === bytes.readUInt32LE(offset + 4) ? body : null, end: offset + length }
}

/** The whole length of the frame that begins at `offset`, by its head alone; null where there is no head of a frame. */
export function frameLengthAt(bytes: Buffer, offset: number): number | null {
  if (offset + FRAME_HEAD_BYTES > bytes.length) return null
  const length = bytes.readUInt32LE(offset)
  return length === 0 || length > MAX_FRAME_BYTES ? null : FRAME_HEAD_BYTES + length
}
