import { DriverFault } from '../fault.js'
import { AnswerTimes, type TimeLimits } from './answer-times.js'
import type { ModbusLine } from './exchange.js'
import { isAbsence, PduError, parseReadReply, type Span } from './pdu.js'
import { type Answer, readSpan } from './read-span.js'

/** The gentlest question there is; whatever the answer, there is somebody. */
const QUESTION: Span = { table: 'holding', from: 0, quantity: 1 }

/** Asks the units of one host, one after the other, and learns how fast they answer. An answer that comes late still counts. */
export class UnitSweep {
  readonly #client: ModbusLine
  readonly #times: AnswerTimes
  readonly #limits: TimeLimits
  #late = new Map<number, Answer>()
  #isAnswered = false
  #lates = 0
  isForeign = false

  constructor(client: ModbusLine, limits: TimeLimits) {
    this.#client = client
    this.#limits = limits
    this.#times = new AnswerTimes(limits)
  }

  /** How many answers have come after their time: the host was busier than it had seemed. */
  get lates(): number {
    return this.#lates
  }

  /** From now on whoever stays silent is given less time. */
  endFirst(): void {
    this.#times.endFirst()
  }

  /** Late answers to earlier questions come with the answers to these. */
  async ask(units: readonly number[]): Promise<ReadonlyMap<number, Answer>> {
    const answers = new Map<number, Answer>()
    try {
      for (const unit of units) {
        answers.set(unit, await this.#askOne(unit))
        this.isForeign = this.#client.isForeign && !this.#isAnswered
        if (this.isForeign) break
      }
    } catch (thrown) {
      if (!(thrown instanceof DriverFault) || this.#isAnswered) throw thrown
      this.isForeign = true
    }
    return new Map([...answers, ...this.takeLate()])
  }

  takeLate(): ReadonlyMap<number, Answer> {
    const late = this.#late
    this.#late = new Map()
    return late
  }

  async #askOne(unit: number): Promise<Answer> {
    const late = (tookMs: number, pdu: Uint8Array): void => {
      if (this.#limits.late === 'teaches') this.#times.add(tookMs)
      this.#isAnswered = true
      this.#lates++
      this.#late.set(unit, parsedAnswer(pdu, tookMs))
    }
    const answer = await readSpan(this.#client, { unit, timeoutMs: this.#times.patienceMs, late }, QUESTION)
    if (answer.kind === 'values' || answer.kind === 'exception') {
      this.#isAnswered = true
      // A gateway's refusal takes as long as its own time-out; it says nothing of how fast units answer.
      if (answer.kind === 'values' || !isAbsence(answer.code)) this.#times.add(answer.tookMs)
    }
    return answer
  }
}

function parsedAnswer(pdu: Uint8Array, tookMs: number): Answer {
  try {
    return { ...parseReadReply(pdu, QUESTION), tookMs }
  } catch (thrown) {
    if (thrown instanceof PduError) return { kind: 'malformed', why: thrown.message }
    throw thrown
  }
}
