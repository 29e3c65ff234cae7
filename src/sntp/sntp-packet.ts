import type { EpochMicros } from '../readings/time.js'

/** RFC 4330 §4: without authenticator. */
export const PACKET_BYTES = 48
const VERSION_4_CLIENT = 0x23
const SERVER_MODE = 4
const ALARM = 3
const TRANSMIT_AT = 40
const SECONDS_1900_TO_1970 = 2_208_988_800
const ERA_SECONDS = 2 ** 32
const MICROS = 1e6

/** What a time server said, and when it was asked. */
export interface SntpReply {
  readonly stratum: number
  /** When the server got the question. */
  readonly receivedAt: EpochMicros
  /** When the server sent its answer. */
  readonly transmittedAt: EpochMicros
}

/** Why bytes are no usable answer. */
export class SntpError extends Error {}

/** A client's question; `sentAt` comes back in the answer and pairs the two. @see RFC 4330 §5 */
export function encodeQuestion(sentAt: EpochMicros): Buffer {
  const bytes = Buffer.alloc(PACKET_BYTES)
  bytes[0] = VERSION_4_CLIENT
  writeTimestamp(bytes, TRANSMIT_AT, sentAt)
  return bytes
}

/**
 * @param question what was sent; the answer must carry its transmit timestamp back.
 * @throws SntpError for what is no answer to it, and for a server that says it does not know the time.
 * @see RFC 4330 §5 (the checks), §8 (kiss-o'-death)
 */
export function decodeAnswer(bytes: Buffer, question: Buffer): SntpReply {
  if (bytes.length < PACKET_BYTES) throw new SntpError(`${bytes.length} bytes are no answer`)
  const first = bytes.readUInt8(0)
  if ((first & 7) !== SERVER_MODE) throw new SntpError(`it answered in mode ${first & 7}, not as a server`)
  if (!bytes.subarray(24, 32).equals(question.subarray(TRANSMIT_AT))) throw new SntpError('the answer is not to our question')
  const stratum = bytes.readUInt8(1)
  const kiss = /^[\x20-\x7e]{4}$/.exec(bytes.toString('latin1', 12, 16))
  if (stratum === 0 && kiss) throw new SntpError(`it refuses to tell (${kiss[0]})`)
  if (first >> 6 === ALARM || stratum === 0 || stratum > 15) throw new SntpError('it does not know the time itself')
  if (bytes.subarray(TRANSMIT_AT, PACKET_BYTES).every((byte) => byte === 0)) throw new SntpError('it sent no time')
  return { stratum, receivedAt: readTimestamp(bytes, 32), transmittedAt: readTimestamp(bytes, TRANSMIT_AT) }
}

function writeTimestamp(bytes: Buffer, offset: number, at: EpochMicros): void {
  const seconds = Math.floor(at / MICROS)
  bytes.writeUInt32BE((seconds + SECONDS_1900_TO_1970) % ERA_SECONDS, offset)
  bytes.writeUInt32BE(Math.floor(((at - seconds * MICROS) / MICROS) * ERA_SECONDS), offset + 4)
}

/** RFC 4330 §3: with the top bit clear the seconds count from 2036-02-07 06:28:16 UTC. */
function readTimestamp(bytes: Buffer, offset: number): EpochMicros {
  const seconds = bytes.readUInt32BE(offset)
  const era = seconds < ERA_SECONDS / 2 ? ERA_SECONDS : 0
  return (seconds + era - SECONDS_1900_TO_1970) * MICROS + Math.round((bytes.readUInt32BE(offset + 4) / ERA_SECONDS) * MICROS)
}
