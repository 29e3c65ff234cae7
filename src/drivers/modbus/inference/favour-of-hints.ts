import type { Block, Candidate } from './candidate.js'
import { agreeingScale, type Hint, SCALES, toleranceOf } from './hint.js'
import type { Favour } from './part-device.js'

/** A register that somebody named begins a value, and is no part of another; they may have miscounted. */
const NAMED_PLACE = Math.log(1000)
/** Most that agreement with a value read on a display may weigh where nobody said in which register it is. */
const MOST_ANYWHERE = Math.log(300)
const OTHER_SCALE = Math.log(6)

/** What hints speak for: how much likelier each candidate is for somebody who believes them. */
export function favourOfHints(hints: readonly Hint[]): Favour {
  return (block, candidate) => hints.reduce((sum, hint) => sum + gainOf(hint, block, candidate), 0)
}

function gainOf(hint: Hint, block: Block, candidate: Candidate): number {
  const from = block.from + candidate.at
  if (hint.place !== null) {
    const { table, register } = hint.place
    if (table !== block.table || register < from || register >= from + candidate.width) return 0
    if (register !== from) return -NAMED_PLACE
    if (hint.kind === 'scale') return isWholeNumber(candidate) ? Math.log(4) : 0
  }
  if (hint.kind === 'scale' || candidate.values.length === 0) return 0
  const scale = agreeingScale(candidate.values, hint, scalesFor(candidate))
  if (scale === undefined) return 0
  // The more digits were read, the less it is chance.
  const chance = toleranceOf(hint, 0) / Math.max(Math.abs(hint.value), toleranceOf(hint, 0))
  const gain = Math.max(0, -Math.log(chance)) - (scale === 1 ? 0 : OTHER_SCALE)
  return hint.place !== null ? NAMED_PLACE + gain : Math.max(0, Math.min(MOST_ANYWHERE, gain))
}

/** Floats come as they are; whole numbers in some scale. */
export function scalesFor(candidate: Pick<Candidate, 'type'>): readonly number[] {
  return isWholeNumber(candidate) ? SCALES : [1]
}

export function isWholeNumber({ type }: Pick<Candidate, 'type'>): boolean {
  return /^(u?int|bcd)/.test(type)
}
