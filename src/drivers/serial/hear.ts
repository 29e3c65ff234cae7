import { portLost } from '../../serial-line/port-fault.js'
import type { SerialLine } from '../../serial-line/serial-line.js'
import type { Surroundings } from '../contract.js'
import { Asker } from './asker.js'
import type { Message } from './message.js'
import { tapMessages } from './message-tap.js'
import type { Framing, Question } from './serial-address.js'

/** What came from a port in a while. */
export interface Heard {
  /** Whole messages, oldest first. */
  readonly messages: readonly Message[]
  /** The answer to the question, where there was one. */
  readonly answer: Message | null
  /** Text that came without an end. */
  readonly unfinished: string
  readonly tooLong: number
  readonly forMs: number
}

interface HearOptions {
  readonly framing: Framing
  readonly question: Question | null
  readonly around: Surroundings
}

/** Many devices speak once a second; three lines tell a pattern from an accident. */
const LISTEN_MS = 2500
const ENOUGH_MESSAGES = 12
/** With a question there is one answer to wait for. */
const ANSWER_MS = 3000

/**
 * Listens for a while, or asks and waits for the answer.
 * @throws DriverFault CONNECTION_LOST
 */
export async function hear(line: SerialLine, { framing, question, around }: HearOptions): Promise<Heard> {
  const { clock, signal } = around
  const messages: Message[] = []
  const enough = new AbortController()
  const asker = new Asker(line, around)
  const fromMs = clock.monotonicMs()
  let lostBecause: string | null = null
  const stopWatching = line.onClosed((because) => {
    lostBecause = because
    enough.abort()
  })
  await using tap = tapMessages(line, {
    framing,
    clock,
    onMessage: (message) => {
      if (asker.take(message) !== 'other' || message.isTorn) return
      messages.push(message)
      if (messages.length >= ENOUGH_MESSAGES && !question) enough.abort()
    },
  })
  const ended = AbortSignal.any([signal, enough.signal])
  let answer: Message | null = null
  if (question) {
    const outcome = await asker.ask(question, { limitMs: Math.max(ANSWER_MS, around.timeoutMs), signal: ended })
    if (outcome.kind === 'answer') answer = outcome.message
  } else await clock.sleep(LISTEN_MS, ended)
  stopWatching()
  if (lostBecause !== null) throw portLost(line.path, lostBecause)
  return { messages, answer, unfinished: tap.unfinished(), tooLong: tap.tooLong(), forMs: clock.monotonicMs() - fromMs }
}
