/** A flag is set in one register of three or four, and flips once in many samples; a few registers are livelier. */
const SET = 0.22
const FLIPS = [
  [0.002, 0.6],
  [0.02, 0.25],
  [0.08, 0.15],
] as const

/** ln P(registers) where each bit is a flag of its own. */
export function flagLikelihood(registers: readonly number[]): number {
  const [first = 0] = registers
  const set = bitsSet(first)
  let flips = 0
  for (let index = 1; index < registers.length; index++) flips += bitsSet((registers[index] ?? 0) ^ (registers[index - 1] ?? 0))
  const chances = 16 * (registers.length - 1)
  const moves = FLIPS.reduce((sum, [rate, share]) => sum + share * rate ** flips * (1 - rate) ** (chances - flips), 0)
  return set * Math.log(SET) + (16 - set) * Math.log(1 - SET) + Math.log(moves)
}

function bitsSet(register: number): number {
  let count = 0
  for (let rest = register; rest > 0; rest &= rest - 1) count++
  return count
}
