import { type AnswerLength, answerLength } from './answer-length.js'
import type { Asked, FoundFrame, Framing } from './framing.js'

/** Unit before the PDU, CRC after it (serial line V1.02, 2.5.1). */
const CRC_BYTES = 2
const SHORTEST_FRAME = 5
export const LONGEST_RTU_FRAME = 256

const CRC_TABLE = Uint16Array.from({ length: 256 }, (_, byte) => {
  let crc = byte
  for (let bit = 0; bit < 8; bit++) crc = crc & 1 ? (crc >> 1) ^ 0xa001 : crc >> 1
  return crc
})

/** CRC-16 of Modbus over bytes `from` to `to` (exclusive): polynomial 0xA001 reflected, begins with 0xFFFF (serial line V1.02, 6.2.2). */
export function crc16(bytes: Uint8Array, from = 0, to = bytes.length): number {
  let crc = 0xffff
  for (let at = from; at < to; at++) crc = (crc >> 8) ^ (CRC_TABLE[(crc ^ (bytes[at] ?? 0)) & 0xff] ?? 0)
  return crc
}

/** True where bytes `from` to `to` end with their CRC, low byte first. */
export function isSoundRtu(bytes: Uint8Array, from: number, to: number): boolean {
  const crc = crc16(bytes, from, to - CRC_BYTES)
  return bytes[to - 2] === (crc & 0xff) && bytes[to - 1] === crc >> 8
}

export function encodeRtu(unit: number, pdu: Uint8Array): Uint8Array {
  const frame = new Uint8Array(1 + pdu.length + CRC_BYTES)
  frame[0] = unit
  frame.set(pdu, 1)
  const crc = crc16(frame, 0, 1 + pdu.length)
  frame[1 + pdu.length] = crc & 0xff
  frame[2 + pdu.length] = crc >> 8
  return frame
}

/** Frames of bytes. Where one begins is told by unit, function, length and CRC together, as pauses do not survive USB adapters. */
export const RTU_FRAMING: Framing = {
  encode: encodeRtu,
  // 0x18005 = (x + 1)(x¹⁵ + x + 1): every odd number of wrong bits is noticed, and up to 32,751 bits every two. Of four 2⁻¹⁵ pass in long frames; in short ones
  // up to 26 times as many, as the polynomial has but four terms and is itself such a pattern.
  check: { fewestErrors: 4, slips: (bits) => 2 ** -15 * (1 + 1200 / bits), assumedErrors: 0 },
  frameBytes: (pdu) => 1 + pdu.length + CRC_BYTES,
  find: findRtuAnswer,
  answerBytes: (pdu) => 1 + shortestOf(answerLength(pdu, new Uint8Array(0))) + CRC_BYTES,
  findStranger: (bytes, pdu) => {
    for (let start = 0; start + SHORTEST_FRAME <= bytes.length; start++) {
      if (((bytes[start + 1] ?? 0) & 0x7f) === pdu[0] && frameAt(bytes, start, pdu)) return bytes[start]
    }
    return undefined
  },
}

function findRtuAnswer<Q extends Asked>(bytes: Uint8Array, from: number, asked: readonly Q[]): FoundFrame<Q> | undefined {
  for (let start = from; start + SHORTEST_FRAME <= bytes.length; start++) {
    for (const question of asked) {
      if (bytes[start] !== question.unit || ((bytes[start + 1] ?? 0) & 0x7f) !== question.pdu[0]) continue
      const end = frameAt(bytes, start, question.pdu)
      if (end !== undefined) return { asked: question, unit: question.unit, pdu: bytes.slice(start + 1, end - CRC_BYTES), start, end }
    }
  }
  return undefined
}

/** The end of a sound frame at `start` that answers `pdu`; undefined where there is none, or not yet. */
function frameAt(bytes: Uint8Array, start: number, pdu: Uint8Array): number | undefined {
  const length = answerLength(pdu, bytes.subarray(start + 1))
  if (length === 'impossible' || typeof length === 'object') return undefined
  const end = start + 1 + length + CRC_BYTES
  return end <= bytes.length && isSoundRtu(bytes, start, end) ? end : undefined
}

function shortestOf(length: AnswerLength): number {
  return length === 'impossible' ? 2 : typeof length === 'object' ? length.atLeast : length
}
