import type { EpochMicros } from '../../readings/time.js'

const TWO_TO_32 = 4_294_967_296

/** Writes a time as the 64-bit integer of a TIMESTAMP, low word first, without making a BigInt of each. */
export function setMicros(words: Int32Array, row: number, at: EpochMicros): void {
  // Storing into an Int32Array keeps the lowest 32 bits of an integer of any size (ECMA-262, ToInt32).
  words[2 * row] = at
  words[2 * row + 1] = Math.floor(at / TWO_TO_32)
}
