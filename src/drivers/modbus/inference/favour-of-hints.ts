import { type Block, type Candidate, candidatesAt } from './candidate.js'
import { agreeingScale, type Hint, type Place, SCALES, toleranceOf } from './hint.js'
import type { Favour } from './part-device.js'

/** A register that somebody named begins a value, and is no part of another; they may have miscounted. */
const NAMED_PLACE = Math.log(1000)
/** Most that agreement with a value read on a display may weigh where nobody said in which register it is. */
const MOST_ANYWHERE = Math.log(300)
const FLOAT_SCALES = [1, 0.001, 1000] as const
const OTHER_SCALE = Math.log(6)

/** Leaves out values that were read where no reading of the named register gives them: a hint that is wrong must not bend the rest. */
export function possibleHints(blocks: readonly Block[], hints: readonly Hint[]): readonly Hint[] {
  return hints.filter((hint) => {
    const { place } = hint
    if (hint.kind === 'scale' || place === null) return true
    return blocks.some(
      (block) =>
        block.table === place.table &&
        place.register >= block.from &&
        place.register < block.from + (block.samples[0]?.length ?? 0) &&
        candidatesAt(block, place.register - block.from).some(
          (candidate) => agreeingScale(candidate.values, hint, scalesFor(candidate, place)) !== undefined,
        ),
    )
  })
}

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
  const scale = agreeingScale(candidate.values, hint, scalesFor(candidate, hint.place))
  if (scale === undefined) return 0
  // The more digits were read, the less it is chance.
  const chance = toleranceOf(hint, 0) / Math.max(Math.abs(hint.value), toleranceOf(hint, 0))
  const gain = Math.max(0, -Math.log(chance)) - (scale === 1 ? 0 : OTHER_SCALE)
  return hint.place !== null ? NAMED_PLACE + gain : Math.max(0, Math.min(MOST_ANYWHERE, gain))
}

/** Whole numbers come in some scale; floats as they are, or, where the register was named, in thousands (a display in kW, a register in W). */
export function scalesFor(candidate: Pick<Candidate, 'type'>, place: Place | null): readonly number[] {
  return isWholeNumber(candidate) ? SCALES : place === null ? [1] : FLOAT_SCALES
}

export function isWholeNumber({ type }: Pick<Candidate, 'type'>): boolean {
  return /^(u?int|bcd)/.test(type)
}
