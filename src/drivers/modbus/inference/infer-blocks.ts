import type { Block } from './candidate.js'
import { type Answer, chooseAnswers } from './choose-answers.js'
import { favourOfHints, possibleHints } from './favour-of-hints.js'
import type { Hint } from './hint.js'
import { seenOf } from './not-available.js'
import { partDevice } from './part-device.js'
import { settleSigns } from './settle-signs.js'

/** Below this an answer is not stated: the report says that it cannot tell, and between what. */
export const STATED_FROM = 0.65

/**
 * What a device's registers seem to hold: per block the answers by rising place, those too unsure to be stated among them.
 * @param blocks what can be read without holes, in samples over time; the more of a device, the surer its order.
 */
export function inferBlocks(blocks: readonly Block[], hints: readonly Hint[] = []): readonly (readonly Answer[])[] {
  const { blocks: weighed } = partDevice(blocks, favourOfHints(possibleHints(blocks, hints)))
  return settleSigns(blocks.map((block, index) => chooseAnswers(block, weighed[index] ?? [])))
}

const UNEXPLAINED = 0.2

/**
 * How sure to be of an answer: its share of all that is conceivable, with less trust where rivals remain, as the shares that the weights rest on are judgement.
 * A value that never moved rests on them alone.
 */
export function confidenceOf({ mass, best, clock }: Pick<Answer, 'mass' | 'best' | 'clock'>): number {
  if (best.type === 'junk') return UNEXPLAINED
  const [first, ...others] = seenOf(best.values)
  const hasMoved = best.type === 'string' || clock !== undefined || others.some((value) => value !== first)
  return Math.min(hasMoved ? 0.99 : 0.9, mass ** 1.5)
}
