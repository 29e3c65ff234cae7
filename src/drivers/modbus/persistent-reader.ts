import type { Span } from './pdu.js'
import type { Answer } from './read-span.js'

export interface PersistentReaderOptions {
  readonly ask: (span: Span, timeoutMs: number) => Promise<Answer>
  readonly timeoutMs: number
  /** A question that was answered before; asked again to tell a place that stays silent from a unit that has gone. */
  readonly proven: Span
  /** What is thrown where the unit has gone. */
  readonly goneFault: (answer: Exclude<Answer, { kind: 'values' }>) => Error
}

const ATTEMPTS = 3
/** What a question is given at least, however fast the others were answered. */
const SHORTEST_MS = 100
const FACTOR = 3
/** So many places in a row without a sound answer, and the unit is asked whether it is there. */
const SUSPECT_AFTER = 4

/**
 * Reads places one after the other, for as long as the slowest answer so far makes likely. A late or broken answer is no property of the device, so it is asked
 * again; but devices that stay silent to what they do not have would cost hours so: behind the first of such places one question each has to do.
 */
export function persistentReader({ ask, timeoutMs, proven, goneFault }: PersistentReaderOptions): (span: Span) => Promise<Answer> {
  let slowestMs = Number.NaN
  let unanswered = 0
  const askOnce = async (span: Span, waitMs: number): Promise<Answer> => {
    const answer = await ask(span, waitMs)
    if (answer.kind === 'values' || answer.kind === 'exception') {
      slowestMs = Number.isNaN(slowestMs) ? answer.tookMs : Math.max(slowestMs, answer.tookMs)
      unanswered = 0
    }
    return answer
  }
  const expectThere = async (): Promise<void> => {
    for (let attempt = 1; ; attempt++) {
      const answer = await ask(proven, timeoutMs)
      if (answer.kind === 'values' || answer.kind === 'exception') return
      if (attempt === ATTEMPTS) throw goneFault(answer)
    }
  }
  return async (span) => {
    const attempts = unanswered === 0 ? ATTEMPTS : 1
    let answer = await askOnce(span, Number.isNaN(slowestMs) ? timeoutMs : Math.min(timeoutMs, Math.max(SHORTEST_MS, FACTOR * slowestMs)))
    for (let attempt = 1; attempt < attempts && isUnsound(answer); attempt++) answer = await askOnce(span, timeoutMs)
    if (isUnsound(answer) && ++unanswered % SUSPECT_AFTER === 0) await expectThere()
    return answer
  }
}

export function isUnsound(answer: Answer): boolean {
  return answer.kind === 'silence' || answer.kind === 'malformed'
}
