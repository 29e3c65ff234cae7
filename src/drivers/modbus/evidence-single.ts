/** One register read as a 16-bit integer, and what speaks for it. */
export interface SingleReading {
  readonly type: 'int16' | 'uint16'
  /** One per sample. */
  readonly values: readonly number[]
  /** Bits of evidence that this is a number of its own, and not half of a wider one. */
  readonly bits: number
  /** What speaks for int16 against uint16, in words; null where nothing does. */
  readonly signGround: string | null
}

/** Small numbers are common in registers and rare in halves of floats: each leading zero bit counts a little. */
const BITS_PER_LEADING_ZERO = 0.6
const SMOOTH_BITS = 2
const JUMP_BITS = -3
/** Above this an unsigned number sits so near its end that a small negative one is likelier. */
const NEARLY_FULL = 0xfc00

/** @param samples one value per round, 0–65535, in time order. */
export function singleReading(samples: readonly number[]): SingleReading {
  const signed = samples.map((value) => (value << 16) >> 16)
  const signGround = signGroundOf(samples, signed)
  const values = signGround === null ? samples : signed
  const largest = Math.max(...values.map(Math.abs))
  let bits = largest === 0 ? 0 : (16 - Math.ceil(Math.log2(largest + 1))) * BITS_PER_LEADING_ZERO
  for (let round = 1; round < values.length; round++) {
    const change = Math.abs((values[round] ?? 0) - (values[round - 1] ?? 0))
    if (change > 1000) bits += JUMP_BITS
    else if (change > 0 && change <= Math.max(5, largest * 0.02)) bits += SMOOTH_BITS
  }
  return { type: signGround === null ? 'uint16' : 'int16', values, bits, signGround }
}

function signGroundOf(samples: readonly number[], signed: readonly number[]): string | null {
  const crosses = signed.some((value) => value < 0) && signed.some((value) => value >= 0)
  const steps = signed.slice(1).map((value, round) => Math.abs(value - (signed[round] ?? 0)))
  if (crosses && steps.every((step) => step < 1000))
    return 'it crosses zero smoothly when read with a sign, and leaps from 0 to 65535 without'
  if (samples.every((value) => value >= NEARLY_FULL)) return 'without a sign it would stand just below its largest value, 65535'
  return null
}
