import { answerLength } from './answer-length.js'
import { decodeAscii } from './ascii-frame.js'
import { isSoundRtu, LONGEST_RTU_FRAME } from './rtu-frame.js'

/** A frame that somebody else sent. */
export interface TrafficFrame {
  readonly unit: number
  readonly pdu: Uint8Array
}

/** Sound frames in overheard bytes, whoever sent them, and what is left for the next time. */
export interface SplitTraffic {
  readonly frames: readonly TrafficFrame[]
  readonly rest: Uint8Array
}

const SHORTEST_FRAME = 4

/** Cuts overheard RTU bytes into frames by trying, at every place, the lengths that a request or an answer there could have. */
export function splitRtuTraffic(bytes: Uint8Array): SplitTraffic {
  const frames: TrafficFrame[] = []
  let used = 0
  for (let at = 0; at + SHORTEST_FRAME <= bytes.length; at++) {
    const end = lengthsAt(bytes.subarray(at + 1))
      .map((length) => at + 1 + length + 2)
      .find((place) => place <= bytes.length && isSoundRtu(bytes, at, place))
    if (end === undefined) continue
    frames.push({ unit: bytes[at] ?? 0, pdu: bytes.slice(at + 1, end - 2) })
    used = end
    at = end - 1
  }
  return { frames, rest: bytes.subarray(Math.max(used, bytes.length - LONGEST_RTU_FRAME)) }
}

export function splitAsciiTraffic(bytes: Uint8Array): SplitTraffic {
  const lines = Buffer.from(bytes)
    .toString('latin1')
    .split(/(?<=\n)/)
  const whole = lines.filter((line) => line.endsWith('\n'))
  const frames = whole.flatMap((line) => decodeAscii(Buffer.from(line.slice(Math.max(0, line.lastIndexOf(':'))), 'latin1')) ?? [])
  const used = whole.reduce((sum, line) => sum + line.length, 0)
  return { frames, rest: bytes.subarray(used).slice(-2 * LONGEST_RTU_FRAME) }
}

/** PDU lengths that a request, an answer or an exception with this beginning may have (V1.1b3, 6). */
function lengthsAt(pdu: Uint8Array): readonly number[] {
  const [code = 0, second = 0] = pdu
  if (code & 0x80) return [2]
  if (code >= 1 && code <= 4) return [5, 2 + second]
  if (code === 5 || code === 6) return [5]
  if (code === 15 || code === 16) return [5, 6 + (pdu[5] ?? 0)]
  if (code === 17) return [1, 2 + second]
  if (code === 43) {
    const length = answerLength(pdu.subarray(0, 1), pdu)
    return typeof length === 'number' ? [4, length] : [4]
  }
  if (code === 22) return [7]
  return code === 23 ? [10 + (pdu[9] ?? 0), 2 + second] : []
}
