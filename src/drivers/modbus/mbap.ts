/** Header of Modbus TCP: transaction (2 bytes), protocol (2, always 0), length (2), unit (1) (Messaging on TCP/IP V1.0b, 3.1.3). */
const HEADER_BYTES = 7
/** What `length` counts: the unit and a PDU of at most 253 bytes. */
const SHORTEST_LENGTH = 2
const LONGEST_LENGTH = 254
const NOTHING = new Uint8Array(0)

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
  const bytes = Buffer.allocUnsafe(HEADER_BYTES + pdu.length)
  const length = pdu.length + 1
  bytes[0] = transaction >> 8
  bytes[1] = transaction
  bytes[2] = 0
  bytes[3] = 0
  bytes[4] = length >> 8
  bytes[5] = length
  bytes[6] = unit
  bytes.set(pdu, HEADER_BYTES)
  return bytes
}

/** Cuts what has arrived into frames. Never throws: a stream has no place to find its feet again, so foreign bytes end it. */
export function splitFrames(bytes: Uint8Array): SplitFrames {
  const frames: Frame[] = []
  let at = 0
  while (bytes.length - at >= 6) {
    const length = uint16At(bytes, at + 4)
    if (uint16At(bytes, at + 2) !== 0 || length < SHORTEST_LENGTH || length > LONGEST_LENGTH)
      return { frames, rest: NOTHING, isForeign: true }
    const end = at + 6 + length
    if (end > bytes.length) break
    frames.push({ transaction: uint16At(bytes, at), unit: bytes[at + 6] ?? 0, pdu: bytes.subarray(at + HEADER_BYTES, end) })
    at = end
  }
  return { frames, rest: at === bytes.length ? NOTHING : bytes.subarray(at), isForeign: false }
}

function uint16At(bytes: Uint8Array, at: number): number {
  return ((bytes[at] ?? 0) << 8) | (bytes[at + 1] ?? 0)
}
