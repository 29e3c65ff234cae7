import { answerLength } from './answer-length.js'
import type { Asked, FoundFrame, Framing } from './framing.js'

const COLON = 0x3a
const LF = 0x0a
/** Colon, two characters a byte, CR, LF (serial line V1.02, 2.5.2). */
const FRAME_CHARACTERS = 3
const LONGEST_ASCII_FRAME = 513

/** Longitudinal redundancy check: the two's complement of the sum of all bytes (serial line V1.02, 6.2.1). */
export function lrc(bytes: Uint8Array): number {
  return -bytes.reduce((sum, byte) => sum + byte, 0) & 0xff
}

export function encodeAscii(unit: number, pdu: Uint8Array): Uint8Array {
  const bytes = Uint8Array.of(unit, ...pdu)
  return Buffer.from(
    `:${Buffer.from([...bytes, lrc(bytes)])
      .toString('hex')
      .toUpperCase()}\r\n`,
    'latin1',
  )
}

/** Unit and PDU between a colon and the end of its line; null where the characters, or the check, are wrong. */
export function decodeAscii(line: Uint8Array): { readonly unit: number; readonly pdu: Uint8Array } | null {
  const text = Buffer.from(line).toString('latin1')
  const digits = /^:((?:[0-9A-F]{2}){3,})\r\n$/.exec(text)?.[1]
  if (digits === undefined || text.length > LONGEST_ASCII_FRAME) return null
  const bytes = Uint8Array.from(Buffer.from(digits, 'hex'))
  const body = bytes.subarray(0, -1)
  return lrc(body) === bytes.at(-1) ? { unit: body[0] ?? 0, pdu: body.slice(1) } : null
}

/** Frames of text: a colon begins one wherever it stands, so a broken frame costs nothing but itself. */
export const ASCII_FRAMING: Framing = {
  encode: encodeAscii,
  // Two wrong bits make up for each other in the sum where they hit digits of the same place: reckoned over random digits, 0.8 % of such pairs at 8 bits a
  // character and 1.0 % at 7; of three or more errors, below 0.1 %.
  check: { fewestErrors: 2, slips: () => 0.01, assumedErrors: 1 },
  frameBytes: (pdu) => FRAME_CHARACTERS + 2 * (2 + pdu.length),
  find: <Q extends Asked>(bytes: Uint8Array, from: number, asked: readonly Q[]): FoundFrame<Q> | undefined => {
    for (const { start, end, unit, pdu } of soundLines(bytes, from)) {
      const question = asked.find((one) => one.unit === unit && answerLength(one.pdu, pdu) === pdu.length)
      if (question) return { asked: question, unit, pdu, start, end }
    }
    return undefined
  },
  answerBytes: (pdu) => {
    const length = answerLength(pdu, new Uint8Array(0))
    return FRAME_CHARACTERS + 2 * (2 + (typeof length === 'number' ? length : 2))
  },
  findStranger: (bytes, pdu) => {
    for (const { unit, pdu: came } of soundLines(bytes, 0)) if (answerLength(pdu, came) === came.length) return unit
    return undefined
  },
}

interface SoundLine {
  readonly start: number
  readonly end: number
  readonly unit: number
  readonly pdu: Uint8Array
}

function* soundLines(bytes: Uint8Array, from: number): Generator<SoundLine> {
  for (let end = bytes.indexOf(LF, from) + 1; end > 0; end = bytes.indexOf(LF, end) + 1) {
    const start = bytes.subarray(0, end).lastIndexOf(COLON)
    if (start < from) continue
    const frame = decodeAscii(bytes.subarray(start, end))
    if (frame) yield { start, end, ...frame }
  }
}
