import type { FramedLine } from './framed-line.js'
import { readSpan } from './read-span.js'
import { EXAMINED_TIMES, SWEEP_QUESTION } from './sweep-plan.js'

/** What a unit does when it is asked the same again and again. */
export interface Steadiness {
  readonly asked: number
  readonly sound: number
  readonly broken: number
  /** Second answers to one question. */
  readonly doubles: number
}

/** Asks the same question several times: two devices with one id answer over each other, or one after the other. */
export async function examineUnit(line: FramedLine, unit: number, timeoutMs: number): Promise<Steadiness> {
  const before = line.faults.doubles
  let [sound, broken] = [0, 0]
  for (let time = 0; time < EXAMINED_TIMES; time++) {
    const answer = await readSpan(line, { unit, timeoutMs }, SWEEP_QUESTION)
    if (answer.kind === 'values' || answer.kind === 'exception') sound++
    if (answer.kind === 'malformed') broken++
  }
  return { asked: EXAMINED_TIMES, sound, broken, doubles: line.faults.doubles - before }
}

/** In words what is odd about it; empty where nothing is. */
export function describeOddity({ asked, sound, broken, doubles }: Steadiness): string {
  if (doubles > 0) return `two devices seem to share this id: ${doubles} of ${asked} questions were answered twice`
  if (broken > 0) return `${broken} of ${asked} answers were broken: two devices with this id, missing termination, or noise`
  return sound < asked ? `${asked - sound} of ${asked} questions stayed without an answer` : ''
}
