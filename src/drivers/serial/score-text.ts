/** How much bytes look like text, at a given way to read them. */
export interface TextScore {
  /** 0–1: the part of the bytes that belongs into text, less what that may be by chance. */
  readonly score: number
  /** What the bytes show of the line: data bits and parity that make text of them. */
  readonly dataBits: 7 | 8
  readonly parity: 'none' | 'even' | 'odd'
  readonly bytes: number
}

/** Printable ASCII, tab, line feed, carriage return: 98 of 256, which random bytes reach by chance. */
const BY_CHANCE = 98 / 256
/** Fewer say nothing. */
const FEWEST = 6

/**
 * Scores bytes received with eight data bits and no parity. A device that sends seven bits and a parity bit shows by a top bit that
 * always completes the parity.
 */
export function scoreText(bytes: Uint8Array): TextScore {
  const readings = [
    { dataBits: 8 as const, parity: 'none' as const, readable: ratioOf(bytes, isReadable) },
    { dataBits: 7 as const, parity: 'even' as const, readable: ratioOf(bytes, (byte) => ones(byte) % 2 === 0 && isReadable(byte & 0x7f)) },
    { dataBits: 7 as const, parity: 'odd' as const, readable: ratioOf(bytes, (byte) => ones(byte) % 2 === 1 && isReadable(byte & 0x7f)) },
  ]
  const best = readings.reduce((a, b) => (b.readable > a.readable ? b : a))
  const beyondChance = Math.max(0, (best.readable - BY_CHANCE) / (1 - BY_CHANCE))
  return { score: bytes.length < FEWEST ? 0 : beyondChance, dataBits: best.dataBits, parity: best.parity, bytes: bytes.length }
}

function ratioOf(bytes: Uint8Array, test: (byte: number) => boolean): number {
  return bytes.length === 0 ? 0 : bytes.reduce((count, byte) => count + Number(test(byte)), 0) / bytes.length
}

function isReadable(byte: number): boolean {
  return (byte >= 32 && byte < 127) || byte === 9 || byte === 10 || byte === 13
}

function ones(byte: number): number {
  let count = 0
  for (let rest = byte; rest > 0; rest >>= 1) count += rest & 1
  return count
}
