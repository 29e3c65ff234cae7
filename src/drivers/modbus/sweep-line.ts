import type { Surroundings } from '../contract.js'
import { AnswerTimes } from './answer-times.js'
import type { FramedLine } from './framed-line.js'
import { isAbsence, parseReadReply } from './pdu.js'
import { type Answer, readSpan } from './read-span.js'
import { SWEEP_QUESTION, type SweepStep } from './sweep-plan.js'

/** Somebody on the line. */
export interface HeardUnit {
  readonly unit: number
  readonly answer: Answer
}

/** Who stayed unclear in the first round is given so much more time in the second. */
const SECOND_ROUND_PATIENCE = 5

export interface SweepOptions {
  readonly around: Pick<Surroundings, 'signal'>
  /** Units below this were asked before the sweep was stopped. */
  readonly from: number
  readonly onAsked: (unit: number) => Promise<void> | void
}

/**
 * Asks one unit after the other and tells who is there. An answer that comes after its time counts; where something broken came, the units that may have
 * sent it are asked again at the end, with more patience.
 * @throws DriverFault CONNECTION_LOST
 */
export async function* sweepLine(line: FramedLine, { units, limits }: SweepStep, options: SweepOptions): AsyncGenerator<HeardUnit> {
  const { signal } = options.around
  const times = new AnswerTimes(limits)
  const heard = new Set<number>()
  const unclear = new Set<number>()
  const late: HeardUnit[] = []
  const ask = async (unit: number, timeoutMs: number): Promise<Answer> => {
    const onLate = (tookMs: number, pdu: Uint8Array): void =>
      void late.push({ unit, answer: { ...parseReadReply(pdu, SWEEP_QUESTION), tookMs } })
    const answer = await readSpan(line, { unit, timeoutMs, late: onLate }, SWEEP_QUESTION)
    if (answer.kind === 'values' || answer.kind === 'exception') times.add(answer.tookMs)
    return answer
  }
  const news = (answers: readonly HeardUnit[]): readonly HeardUnit[] => {
    const fresh = answers.filter(({ unit, answer }) => isPresence(answer) && !heard.has(unit))
    for (const { unit } of fresh) heard.add(unit)
    return fresh
  }
  times.endFirst()
  for (const unit of units.filter((each) => each >= options.from)) {
    if (signal.aborted) return
    const answer = await ask(unit, times.patienceMs)
    if (answer.kind === 'malformed') for (const each of [unit - 1, unit]) unclear.add(each)
    yield* news([{ unit, answer }, ...late.splice(0)])
    await options.onAsked(unit)
  }
  for (const unit of unclear) {
    if (signal.aborted) return
    if (!units.includes(unit) || heard.has(unit)) continue
    const answer = await ask(unit, limits.longestMs * SECOND_ROUND_PATIENCE)
    if (answer.kind === 'malformed') yield { unit, answer }
    else yield* news([{ unit, answer }, ...late.splice(0)])
  }
}

function isPresence(answer: Answer): boolean {
  return answer.kind === 'values' || (answer.kind === 'exception' && !isAbsence(answer.code))
}
