/** How much bytes look like text, at the best way to read them. */
export interface TextScore {
  /** 0–1: the part of the bytes that measuring devices use in text, less what may be so by chance. */
  readonly score: number
  /** What the bytes show of the line: data bits and parity that make text of them. */
  readonly dataBits: 7 | 8
  readonly parity: 'none' | 'even' | 'odd'
  readonly bytes: number
  /**
   * Set where all bytes are seven-bit text of one sort: with eight data bits and a parity bit, a receiver without parity takes the parity bit for the stop bit and
   * hears only the characters whose parity bit is 1. Text without a parity bit may be like that by chance.
   */
  readonly suspected: 'even' | 'odd' | null
}

/**
 * Letters, digits, space, line ends, and the marks of numbers and lists: 84 of 256 codes. Not all that is printable: a line read too
 * fast gives long runs of equal bits, and those are printable, too: ` p x | ~ @.
 */
const WORDY = new Set(
  [...'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789 .,:;=+-*/%$#()<>?!_\r\n'].map((letter) => letter.charCodeAt(0)),
)
const BY_CHANCE = WORDY.size / 256
/** Fewer bytes, or fewer different ones, say nothing. */
const FEWEST = 6
const FEWEST_DIFFERENT = 4

/**
 * Scores bytes received with eight data bits and no parity. A device that sends seven bits and a parity bit shows by a top bit that
 * always completes the parity.
 */
export function scoreText(bytes: Uint8Array): TextScore {
  const readings = [
    { dataBits: 8 as const, parity: 'none' as const, wordy: ratioOf(bytes, (byte) => WORDY.has(byte)) },
    { dataBits: 7 as const, parity: 'even' as const, wordy: ratioOf(bytes, (byte) => ones(byte) % 2 === 0 && WORDY.has(byte & 0x7f)) },
    { dataBits: 7 as const, parity: 'odd' as const, wordy: ratioOf(bytes, (byte) => ones(byte) % 2 === 1 && WORDY.has(byte & 0x7f)) },
  ]
  const { dataBits, parity, wordy } = readings.reduce((a, b) => (b.wordy > a.wordy ? b : a))
  const saysSomething = bytes.length >= FEWEST && new Set(bytes).size >= FEWEST_DIFFERENT
  return {
    suspected: saysSomething ? parityThatHidesTheRest(bytes) : null,
    score: saysSomething ? Math.max(0, (wordy - BY_CHANCE) / (1 - BY_CHANCE)) : 0,
    dataBits,
    parity,
    bytes: bytes.length,
  }
}

/** A parity bit is 1 with even parity where the ones are odd, with odd parity where they are even. */
function parityThatHidesTheRest(bytes: Uint8Array): 'even' | 'odd' | null {
  if (bytes.some((byte) => byte > 0x7f)) return null
  const odd = ratioOf(bytes, (byte) => ones(byte) % 2 === 1)
  return odd === 1 ? 'even' : odd === 0 ? 'odd' : null
}

function ratioOf(bytes: Uint8Array, test: (byte: number) => boolean): number {
  return bytes.length === 0 ? 0 : bytes.reduce((count, byte) => count + Number(test(byte)), 0) / bytes.length
}

function ones(byte: number): number {
  let count = 0
  for (let rest = byte; rest > 0; rest >>= 1) count += rest & 1
  return count
}
