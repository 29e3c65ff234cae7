import { READING_TYPES, type ReadingType } from './reading-kind.js'

type NumberType = Exclude<ReadingType, 'spare' | 'bits' | 'string' | 'clock' | 'junk'>

/**
 * Shares of values that are not there (a sensor that is not fitted, a function that was not bought), by how makers say so: the lowest number
 * with a sign and all ones without (SunSpec Information Model Specification, data types), the highest with a sign (a broken wire), no number at all in floats.
 */
const SHARES = { usual: 0.02, highest: 0.006, allOnes: 0.01, infinite: 0.002 } as const
const QUIET_NAN: Readonly<Record<number, bigint>> = { 2: 0x7fc0_0000n, 4: 0x7ff8_0000_0000_0000n }

/**
 * How often a value of this type is not available and says so with this.
 * @param raw as it decodes; undefined where it does not.
 * @param bits the registers in the order of the specification, as one number.
 * @returns 0 where it is a value, and for a NaN that nobody writes on purpose.
 */
export function absentShare(type: NumberType, raw: number | bigint | undefined, bits: bigint): number {
  const { width } = READING_TYPES[type]
  const size = BigInt(16 * width)
  const isAllOnes = bits === 2n ** size - 1n
  if (type.startsWith('float')) {
    if (raw !== undefined && Number.isFinite(Number(raw))) return 0
    if (bits === QUIET_NAN[width]) return SHARES.usual
    if (isAllOnes) return SHARES.allOnes
    return Number.isNaN(Number(raw)) ? 0 : SHARES.infinite
  }
  if (type.startsWith('bcd')) return isAllOnes ? SHARES.allOnes : 0
  if (type.startsWith('uint')) return isAllOnes ? SHARES.usual : 0
  if (bits === 2n ** (size - 1n)) return SHARES.usual
  return bits === 2n ** (size - 1n) - 1n ? SHARES.highest : 0
}

/** What stands in the registers, as makers' manuals write it, e.g. `0x8000`. */
export function describeAbsence(registers: Uint16Array): string {
  return `not available: 0x${[...registers].map((register) => register.toString(16).toUpperCase().padStart(4, '0')).join(' ')} stands for "no value"`
}

/** The values that were there; NaN stands for a sample in which there was none. */
export function seenOf(values: readonly number[]): readonly number[] {
  return values.filter((value) => !Number.isNaN(value))
}
