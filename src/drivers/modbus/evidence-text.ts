/** Registers that a text takes at least: four letters can be chance, eight hardly. */
const SHORTEST_REGISTERS = 4

/**
 * How many registers from `from` on hold readable text in all samples: printable ASCII, mostly letters and digits, perhaps ending in zeros.
 * @returns 0 where that is too few to believe.
 */
export function textLengthAt(samples: readonly Uint16Array[], from: number): number {
  const [first] = samples
  if (!first) return 0
  let length = 0
  let letters = 0
  while (from + length < first.length) {
    const register = first[from + length] ?? 0
    const bytes = [register >> 8, register & 0xff]
    if (!samples.every((sample) => sample[from + length] === register)) break
    if (!bytes.every((byte, index) => isPrintable(byte) || (index === 1 && byte === 0))) break
    letters += bytes.filter(isLetterOrDigit).length
    length++
    if (bytes[1] === 0) break
  }
  return length >= SHORTEST_REGISTERS && letters >= length ? length : 0
}

function isPrintable(byte: number): boolean {
  return byte >= 0x20 && byte <= 0x7e
}

function isLetterOrDigit(byte: number): boolean {
  return /[A-Za-z0-9]/.test(String.fromCharCode(byte))
}
