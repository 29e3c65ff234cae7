/** Header of Modbus TCP: transaction (2 bytes), protocol (2, always 0), length (2), unit (1) (Messaging on TCP/IP V1.0b, 3.1.3). */
const HEADER_BYTES = 7
/** What `length` counts: the unit and a PDU of at most 253 bytes. */
const SHORTEST_LENGTH = 2
const LONGEST_LENGTH = 254

export interface Frame {
  readonly transaction: number
  readonly unit: number
  readonly pdu: Uint8Array
}

export interface SplitFrames {
  readonly frames: readonly Frame[]
  /** Bytes of a frame that has not ended yet; at most 259. */
  readonly rest: Uint8Array
  /** True where bytes came that can be no frame: they, and all after them, were thrown away. */
  readonly isForeign: boolean
}

/** One frame, ready to send. */
export function encodeFrame({ transaction, unit, pdu }: Frame): Uint8Array {
  const bytes = new Uint8Array(HEADER_BYTES + pdu.length)
  const view = new DataView(bytes.buffer)
  view.setUint16(0, transaction)
  view.setUint16(4, pdu.length + 1)
  view.setUint8(6, unit)
  bytes.set(pdu, HEADER_BYTES)
  return bytes
}

/** Cuts what has arrived into frames. Never throws: a stream has no place to find its feet again, so foreign bytes end it. */
export function splitFrames(bytes: Uint8Array): SplitFrames {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength)
  const frames: Frame[] = []
  let at = 0
  while (bytes.length - at >= 6) {
    const length = view.getUint16(at + 4)
    if (view.getUint16(at + 2) !== 0 || length < SHORTEST_LENGTH || length > LONGEST_LENGTH)
      return { frames, rest: new Uint8Array(0), isForeign: true }
    const end = at + 6 + length
    if (end > bytes.length) break
    frames.push({ transaction: view.getUint16(at), unit: view.getUint8(at + 6), pdu: bytes.subarray(at + HEADER_BYTES, end) })
    at = end
  }
  return { frames, rest: bytes.subarray(at), isForeign: false }
}
