import type { Block } from './candidate.js'
import type { Answer } from './choose-answers.js'
import { asWritten, nameOfType } from './describe-answer.js'
import { scalesFor } from './favour-of-hints.js'
import { agreeingScale, describeHint, type Hint, type ValueHint } from './hint.js'
import { seenOf } from './not-available.js'

/** The answers of a block. */
export interface Parted {
  readonly answers: readonly Answer[]
  readonly block: Block
}

/** What a value that was read on a display says of an answer. */
export interface Told {
  readonly hint: ValueHint
  readonly scale: number
}

interface Reading {
  readonly answer: Answer
  readonly block: Block
  readonly scale: number
}

/** Rivals of an answer below this share are too far-fetched to be what somebody read. */
const CONCEIVABLE = 0.02
const MOST_NAMED = 4

/**
 * Answers that values read on a display belong to, and what is to be said of the others: that nothing reads so, or that several do; where several
 * read alike nobody knows which, and none gets it.
 */
export function whoWasRead(
  parted: readonly Parted[],
  hints: readonly Hint[],
): { readonly told: ReadonlyMap<Answer, Told>; readonly remarks: readonly string[] } {
  const told = new Map<Answer, Told>()
  const remarks: string[] = []
  for (const hint of hints) {
    if (hint.kind !== 'value') {
      if (hint.place && !isReadable(parted, hint.place)) remarks.push(`the hint ${describeHint(hint)}: that register could not be read`)
      continue
    }
    const agreeing = agreeingWith(parted, hint)
    const [only, ...others] = agreeing
    if (only && others.length === 0) told.set(only.answer, { hint, scale: only.scale })
    else remarks.push(only ? severalRead(hint, agreeing) : nobodyReads(hint, parted))
  }
  return { told, remarks }
}

function agreeingWith(parted: readonly Parted[], hint: ValueHint): readonly Reading[] {
  return parted.flatMap(({ answers, block }) =>
    answers.flatMap((answer) => {
      if (hint.place && (hint.place.table !== block.table || hint.place.register !== block.from + answer.best.at)) return []
      if (answer.clock || answer.best.values.every((value) => value === 0 && hint.value !== 0)) return []
      const scale = agreeingScale(answer.best.values, hint, scalesFor(answer.best, hint.place))
      return scale === undefined ? [] : [{ answer, block, scale }]
    }),
  )
}

function isReadable(parted: readonly Parted[], { table, register }: NonNullable<Hint['place']>): boolean {
  return parted.some(
    ({ block }) => block.table === table && register >= block.from && register < block.from + (block.samples[0]?.length ?? 0),
  )
}

function severalRead(hint: ValueHint, agreeing: readonly Reading[]): string {
  const named = agreeing.slice(0, MOST_NAMED).map(({ answer, block }) => `${block.table}/${block.from + answer.best.at}`)
  const more = agreeing.length > named.length ? ` and ${agreeing.length - named.length} more` : ''
  return `the hint ${describeHint(hint)}: ${agreeing.length} values read so (${named.join(', ')}${more}); say which, e.g. --hint ${named[0] ?? ''}=${hint.value}`
}

/** Nobody: but perhaps a rival of an answer does, and if the register was named, it says what it holds. */
function nobodyReads(hint: ValueHint, parted: readonly Parted[]): string {
  const { place } = hint
  if (place && !isReadable(parted, place)) return `the hint ${describeHint(hint)}: that register could not be read`
  const rivals = parted.flatMap(({ answers, block }) =>
    answers.flatMap(({ here }) =>
      here
        .filter(
          (other) =>
            other.posterior > CONCEIVABLE &&
            (!place || (place.table === block.table && place.register === block.from + other.at)) &&
            agreeingScale(other.values, hint, scalesFor(other, place)) !== undefined,
        )
        .map((other) => `${block.table}/${block.from + other.at} as ${nameOfType(other.type)} ${other.order}`),
    ),
  )
  const perhaps = rivals.length > 0 ? `; perhaps ${rivals.slice(0, MOST_NAMED).join(', ')}` : ''
  if (!place) return `the hint ${describeHint(hint)}: no register can read that, in any type, order and scale that makes sense${perhaps}`
  const holding = parted.flatMap(({ answers, block }) =>
    answers.filter(
      ({ best }) =>
        block.table === place.table && place.register >= block.from + best.at && place.register < block.from + best.at + best.width,
    ),
  )
  const [there] = holding
  const last = there ? seenOf(there.best.values).at(-1) : undefined
  const held =
    there && last !== undefined ? ` (it seems to hold ${asWritten(there.best.type, last)} as ${nameOfType(there.best.type)})` : ''
  return `the hint ${describeHint(hint)}: this register cannot read that, in any type, order and scale that was tried${held}${perhaps}`
}
