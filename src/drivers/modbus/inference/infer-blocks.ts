import type { Block } from './candidate.js'
import { type Answer, chooseAnswers } from './choose-answers.js'
import { favourOfHints, possibleHints } from './favour-of-hints.js'
import type { Hint } from './hint.js'
import { seenOf } from './not-available.js'
import { partDevice, type Weighed } from './part-device.js'
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
/** How many times likelier a rival may be than the shares say, as those are judgement; where all that tells two readings apart is one register of ones, more. */
const JUDGEMENT_ERROR = { usual: 1.5, sign: 8 } as const
/** Wide numbers below zero that are nearer to it than this begin with a register that small negative ones fill as well. */
const SMALL_WIDE = 2 ** 24

/**
 * How sure to be of an answer: its share of all that is conceivable, with less trust where rivals remain. A value that never moved has nothing but the shares
 * to speak for it, which are judgement: it is as sure as it would be if they were wrong in favour of its rivals. Neighbours of its type raise its share.
 */
export function confidenceOf(answer: Pick<Answer, 'mass' | 'best' | 'clock' | 'losers'>): number {
  const { mass, best, clock } = answer
  if (best.type === 'junk') return UNEXPLAINED
  if (best.type === 'string' || clock !== undefined || !stands(best)) return Math.min(0.99, mass ** 1.5)
  const error = [best, ...answer.losers].some(isSignOfWide) ? JUDGEMENT_ERROR.sign : JUDGEMENT_ERROR.usual
  return Math.min(0.9, (mass / (mass + error * (1 - mass))) ** 1.5)
}

function stands({ values }: Weighed): boolean {
  const [first, ...others] = seenOf(values)
  return others.every((value) => value === first)
}

/** −123456 is 0xFFFE 0x1DC0, and so are −2 and 7616. */
function isSignOfWide(candidate: Weighed): boolean {
  const [value = 0] = candidate.values
  return /^int(32|64)$/.test(candidate.type) && value < 0 && value > -SMALL_WIDE && stands(candidate)
}
