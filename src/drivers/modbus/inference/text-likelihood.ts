import type { ByteOrder } from '../register-type.js'

/** A text that begins at a register: how far it may reach, and how likely each length is. */
export interface TextReading {
  readonly length: number
  readonly likelihood: number
}

const LONGEST_REGISTERS = 32
/** Two letters can be chance; so can four, but then the price per letter says so. */
const SHORTEST_REGISTERS = 2
const STANDS = Math.log(0.98)
/** A field ends here with one chance in so many, wherever it has got to; that it ends with a zero is a little likelier. */
const ENDS = Math.log(0.12)
const GOES_ON = Math.log(0.88)
/** Blanks that fill a register and are followed by a letter are the padding of one field and the start of the next, nearly always. */
const RESUMES = Math.log(0.01)
const MOST_BLANKS = 1
/** Capitals, small letters, digits, separators, other signs: how many there are, and how often each class follows which. */
const CLASSES = [
  { test: /[A-Z]/, size: 26, first: 0.68 },
  { test: /[a-z]/, size: 26, first: 0.13 },
  { test: /[0-9]/, size: 10, first: 0.16 },
  { test: /[ ._/:-]/, size: 6, first: 0.02 },
  { test: /[!-~]/, size: 27, first: 0.01 },
] as const
const FOLLOWS: readonly (readonly number[])[] = [
  [0.5, 0.28, 0.11, 0.1, 0.01],
  [0.02, 0.83, 0.04, 0.1, 0.01],
  [0.05, 0.03, 0.76, 0.15, 0.01],
  [0.36, 0.16, 0.38, 0.09, 0.01],
  [0.2, 0.2, 0.2, 0.2, 0.2],
]

/**
 * Texts that may begin at the first of these registers: printable, the same in all samples, ended by a zero, by blanks or by whatever follows.
 * @param samples one array per round, from the first register on.
 */
export function textReadings(samples: readonly Uint16Array[], order: ByteOrder): readonly TextReading[] {
  const [first] = samples
  if (!first) return []
  const readings: TextReading[] = []
  let likelihood = STANDS
  let before = -1
  let blanks = 0
  for (let at = 0; at < Math.min(first.length, LONGEST_REGISTERS); at++) {
    const register = first[at] ?? 0
    if (!samples.every((sample) => sample[at] === register)) break
    const bytes = order === 'badc' ? [register & 0xff, register >> 8] : [register >> 8, register & 0xff]
    if (bytes[0] === 0) break
    const letters = bytes[1] === 0 ? bytes.slice(0, 1) : bytes
    const prices = letters.map((byte) => {
      const kind = classOf(byte)
      const price = priceOf(kind, before)
      before = kind
      return price
    })
    if (prices.includes(Number.NEGATIVE_INFINITY) || (at === 0 && bytes[0] === 0x20)) break
    const isBlank = letters.every((byte) => byte === 0x20)
    if (!isBlank && blanks > MOST_BLANKS) break
    if (!isBlank && blanks > 0) likelihood += RESUMES
    blanks = isBlank ? blanks + 1 : 0
    likelihood += blanks > 1 ? Math.log(0.9) : prices.reduce((sum, price) => sum + price, 0)
    if (at + 1 >= SHORTEST_REGISTERS) readings.push({ length: at + 1, likelihood: likelihood + ENDS })
    if (bytes[1] === 0) break
    likelihood += GOES_ON
  }
  return readings
}

function classOf(byte: number): number {
  return byte < 0x20 || byte > 0x7e ? -2 : CLASSES.findIndex(({ test }) => test.test(String.fromCharCode(byte)))
}

function priceOf(kind: number, before: number): number {
  const found = CLASSES[kind]
  return found ? Math.log((FOLLOWS[before]?.[kind] ?? found.first) / found.size) : Number.NEGATIVE_INFINITY
}
