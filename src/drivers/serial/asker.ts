import type { SerialLine } from '../../serial-line/serial-line.js'
import type { Surroundings } from '../contract.js'
import { decodeText } from './byte-text.js'
import type { Message } from './message.js'
import { search } from './pattern/search.js'
import type { Question } from './serial-address.js'

export type AnswerOutcome =
  | { readonly kind: 'answer'; readonly message: Message }
  | { readonly kind: 'silence' }
  /** Something came, and none of it was the answer; the last of it. */
  | { readonly kind: 'other'; readonly text: string }

interface Pending {
  readonly question: Question
  readonly sentMs: number
  readonly echo: string
  readonly answered: AbortController
  message: Message | null
  other: string | null
}

/** Long enough to hear whether a message is on its way when the port opens, so that its torn half is taken for no answer. */
const LISTEN_FIRST_MS = 100

/** Sends questions and finds their answers among the messages, one question at a time. */
export class Asker {
  readonly #line: SerialLine
  readonly #around: Pick<Surroundings, 'clock' | 'timeoutMs'>
  #pending: Pending | undefined
  #hasListened = false
  /** Until then whatever comes may be the late answer to a question that was given up. */
  #lateUntilMs = 0

  constructor(line: SerialLine, around: Pick<Surroundings, 'clock' | 'timeoutMs'>) {
    this.#line = line
    this.#around = around
  }

  /** Whether a message was the answer to the question on its way; each message is shown once. */
  take(message: Message): 'answer' | 'echo' | 'other' {
    const pending = this.#pending
    if (!pending || pending.message !== null) return 'other'
    // Torn, or begun before the question was sent: it answers nothing.
    if (message.isTorn || message.beganMs < pending.sentMs) return 'other'
    if (message.text.trim() === pending.echo) return 'echo'
    const { expect } = pending.question
    if (expect && !search(expect, message.text)) {
      pending.other = message.text
      return 'other'
    }
    pending.message = message
    pending.answered.abort()
    return 'answer'
  }

  /**
   * Asks and waits, at most `limitMs`. After a question without an answer the next one waits as long again before it is sent, so
   * that a late answer is not taken for its own.
   */
  async ask(question: Question, { limitMs, signal }: { readonly limitMs: number; readonly signal: AbortSignal }): Promise<AnswerOutcome> {
    const { clock } = this.#around
    if (!this.#hasListened) await clock.sleep(LISTEN_FIRST_MS, signal)
    this.#hasListened = true
    const lateMs = this.#lateUntilMs - clock.monotonicMs()
    if (lateMs > 0) await clock.sleep(lateMs, signal)
    if (signal.aborted) return { kind: 'silence' }
    const answered = new AbortController()
    const echo = decodeText(question.bytes).trim()
    const pending: Pending = { question, sentMs: clock.monotonicMs(), echo, answered, message: null, other: null }
    this.#pending = pending
    // A far end that takes nothing holds up the write; the limit counts all the same.
    const failed = this.#line.write(question.bytes).then(
      () => new Promise<never>(() => {}),
      (fault: unknown) => ({ fault }),
    )
    const lost = await Promise.race([failed, clock.sleep(limitMs, AbortSignal.any([signal, answered.signal]))])
    this.#pending = undefined
    if (lost) {
      answered.abort()
      throw lost.fault
    }
    if (pending.message) return { kind: 'answer', message: pending.message }
    this.#lateUntilMs = clock.monotonicMs() + limitMs
    return pending.other === null ? { kind: 'silence' } : { kind: 'other', text: pending.other }
  }
}
