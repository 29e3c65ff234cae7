import type { TrafficCount } from '../line-traffic.js'
import type { Exchange, LastQuestion, ModbusLine, Question } from './exchange.js'
import type { FramedLine } from './framed-line.js'
import type { Framing } from './framing.js'
import { LineDamage } from './line-damage.js'
import type { Target } from './medium.js'
import { isSame } from './unsettled-questions.js'
import { answerBits } from './worthwhile-words.js'

/** What was lost to noise is asked for again so often. */
const REPEATS = 2
/** A unit that sends nothing but broken answers is not a victim of noise. */
const MOST_IN_A_ROW = 8
/** So many sound answers may differ from each other before it is given up. */
const MOST_DIFFERENT = 4
/** Where a question is lost so often, a silence is taken for one that was. */
const LIKELY_LOSS = 0.01
/** Functions that change something are asked once, whatever comes back. */
const CHANGING = new Set([5, 6, 15, 16, 21, 22, 23])

/**
 * A line without transaction ids that knows how noisy it is: spoilt answers are asked for again, and where a check as short as theirs would let too much
 * slip, an answer is believed only when it came twice.
 */
export class CarefulLine implements ModbusLine {
  readonly widestWindow = 1
  readonly damage: LineDamage
  window = 1
  lastQuestion: LastQuestion = 'whole'
  readonly #line: Pick<FramedLine, 'target' | 'gone' | 'ask' | 'close'>
  readonly #framing: Framing
  readonly #traffic: TrafficCount | undefined
  /** Units whose last question was answered. */
  readonly #answering = new Set<number>()

  constructor(line: Pick<FramedLine, 'target' | 'gone' | 'ask' | 'close'>, framing: Framing, traffic?: TrafficCount) {
    this.#line = line
    this.#framing = framing
    this.#traffic = traffic
    this.damage = new LineDamage(framing)
  }

  get target(): Target {
    return this.#line.target
  }

  get gone(): AbortSignal {
    return this.#line.gone
  }

  /** A serial line has no other protocol behind it that would answer for long. */
  get isForeign(): boolean {
    return false
  }

  async ask(question: Question): Promise<Exchange> {
    const { unit, pdu } = question
    const isRepeatable = !CHANGING.has(pdu[0] ?? 0)
    const sound: Uint8Array[] = []
    for (let lost = 0; ; ) {
      const exchange = await this.#line.ask(question)
      this.#count(unit, pdu, exchange)
      if (!isRepeatable) return exchange
      if (exchange.kind !== 'reply') {
        if (!this.#isNoise(question, exchange) || ++lost > REPEATS) return exchange
        this.#traffic?.countRepeat()
        continue
      }
      this.#answering.add(unit)
      if (this.damage.isConvincing(unit, this.#bits(exchange.pdu)) || sound.some((other) => isSame(other, exchange.pdu))) return exchange
      sound.push(exchange.pdu)
      this.#traffic?.countRepeat()
      if (sound.length === MOST_DIFFERENT) return { kind: 'malformed', why: this.#describeDoubt(unit) }
    }
  }

  close(): Promise<void> {
    return this.#line.close()
  }

  /** Whether the line is to blame that there is no answer, and asking again promises one. */
  #isNoise({ unit, pdu }: Question, exchange: Exclude<Exchange, { kind: 'reply' }>): boolean {
    if (exchange.kind === 'malformed') return exchange.isSpoilt === true && this.damage.brokenInARow(unit) <= MOST_IN_A_ROW
    // Once only: a unit that stays silent is mute.
    const wasAnswering = this.#answering.delete(unit)
    return wasAnswering && this.#bits(pdu) * this.damage.bitErrorRate(unit) > LIKELY_LOSS
  }

  #count(unit: number, pdu: Uint8Array, exchange: Exchange): void {
    if (exchange.kind === 'reply') this.damage.count(unit, 'sound', this.#bits(exchange.pdu))
    else if (exchange.kind === 'malformed' && exchange.isSpoilt) this.damage.count(unit, 'broken', answerBits(this.#framing, pdu))
  }

  #bits(pdu: Uint8Array): number {
    return this.#framing.frameBytes(pdu) * 8
  }

  #describeDoubt(unit: number): string {
    const bits = Math.round(1 / this.damage.bitErrorRate(unit))
    return `${MOST_DIFFERENT} answers differed from each other, and where one bit in ${bits} is spoilt none is believed alone`
  }
}
