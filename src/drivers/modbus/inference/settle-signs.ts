import type { Answer, Sign } from './choose-answers.js'
import { mainsTriples, resemblanceOf } from './find-scale.js'
import { seenOf } from './not-available.js'
import type { Weighed } from './part-device.js'

/** Weight of what is usual against what this device has shown: as if two of its values had been seen. */
const USUAL = { signed: 0.9, unsigned: 1.1 } as const
/** How much likelier each way of moving is with a sign than without. */
const ODDS = { counts: 1 / 6, bothWays: 1.8, stands: 0.8, neverNegative: 1 / 12 } as const
/** A value that is below an eighth of its range is far from its end. */
const FAR_FROM_END_BITS = 3
const SURE = 0.98

const PARTNERS: Readonly<Record<string, string>> = {
  uint16: 'int16',
  uint32: 'int32',
  uint64: 'int64',
  int16: 'uint16',
  int32: 'uint32',
  int64: 'uint64',
}

/**
 * Where a number reads the same with and without a sign, takes the one that a practitioner would: as its neighbours of the same width, where they show
 * theirs by being negative or too large; else by how it moves.
 */
export function settleSigns(blocks: readonly (readonly Answer[])[]): readonly (readonly Answer[])[] {
  const shown = blocks.flat().flatMap(({ best, same }) => (isOpen(best, same) ? [] : shownSign(best)))
  return blocks.map((answers) => {
    const triples = mainsTriples(answers)
    return answers.map((answer) => {
      const partner = partnerOf(answer.best, answer.same)
      if (!partner || answer.clock) return answer
      const sign = signOf(answer, triples, shown)
      const isBest = answer.best.type.startsWith('u') === (sign.says === 'unsigned')
      const [best, other] = isBest ? [answer.best, partner] : [partner, answer.best]
      return { ...answer, best, same: [other, ...answer.same.filter((each) => each !== partner)], sign }
    })
  })
}

interface Shown {
  readonly width: number
  readonly sign: 'signed' | 'unsigned'
}

function partnerOf(best: Weighed, same: readonly Weighed[]): Weighed | undefined {
  return same.find(({ type, order }) => type === PARTNERS[best.type] && order === best.order)
}

function isOpen(best: Weighed, same: readonly Weighed[]): boolean {
  return partnerOf(best, same) !== undefined
}

function shownSign({ type, width, values, posterior }: Weighed): readonly Shown[] {
  const seen = seenOf(values)
  if (!(type in PARTNERS) || seen.length === 0 || posterior < 0.5) return []
  return [{ width, sign: type.startsWith('u') ? 'unsigned' : 'signed' }]
}

function signOf(answer: Answer, triples: readonly (readonly Answer[])[], shown: readonly Shown[]): Sign {
  const { width } = answer.best
  const alike = shown.filter((each) => each.width === width)
  const signed = alike.filter(({ sign }) => sign === 'signed').length
  const { odds, why } = movementOdds(answer, triples)
  const prior = (USUAL.signed + signed) / (USUAL.unsigned + alike.length - signed)
  const chance = (prior * odds) / (1 + prior * odds)
  const says = chance >= 0.5 ? 'signed' : 'unsigned'
  const confidence = Math.min(SURE, Math.max(chance, 1 - chance))
  const count = says === 'signed' ? signed : alike.length - signed
  const company =
    count === 0
      ? undefined
      : `${count} of this device's values of this width ${says === 'signed' ? 'went below zero' : 'are too large for a sign'}`
  const isAgainst = odds !== 1 && odds > 1 !== (says === 'signed')
  return { says, confidence, why: company === undefined ? why : `${company}${isAgainst ? ', although ' : '; '}${why}` }
}

/** What the movement of a value says of its sign. */
function movementOdds(answer: Answer, triples: readonly (readonly Answer[])[]): { readonly odds: number; readonly why: string } {
  const { best } = answer
  const values = seenOf(best.values)
  const steps = values.slice(1).map((value, index) => value - (values[index] ?? 0))
  if (resemblanceOf(answer, triples)) return { odds: ODDS.neverNegative, why: 'what it resembles is never negative' }
  if (steps.every((step) => step === 0))
    return { odds: ODDS.stands, why: 'nothing negative was seen, and it stood still: without a sign is the commoner' }
  const isCounting = steps.length > 1 && steps.every((step) => step > 0)
  if (isCounting) return { odds: ODDS.counts, why: 'it only rises, as counters do' }
  const goesBothWays = steps.some((step) => step > 0) && steps.some((step) => step < 0)
  if (goesBothWays && Math.max(...values) < 2 ** (16 * best.width - FAR_FROM_END_BITS))
    return { odds: ODDS.bothWays, why: 'it goes up and down far from the end of its range: it will sooner pass zero than that end' }
  return { odds: 1, why: 'nothing negative was seen' }
}
