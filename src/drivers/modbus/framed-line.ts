import type { Clock } from '../../readings/clock.js'
import type { DriverFault } from '../fault.js'
import type { ByteLine } from './byte-line.js'
import { lostLine } from './connect.js'
import { EchoWatch } from './echo-watch.js'
import type { Exchange, ModbusLine, Question } from './exchange.js'
import type { FoundFrame, Framing } from './framing.js'
import { type LineFaults, noFaults } from './line-faults.js'
import type { LineTiming } from './line-timing.js'
import type { Target } from './medium.js'
import { settlingQuestions } from './settling-question.js'
import { isSame, type SentQuestion, UnsettledQuestions } from './unsettled-questions.js'

export interface FramedLineOptions {
  readonly target: Target
  readonly framing: Framing
  readonly timing: LineTiming
  readonly clock: Clock
}

/** What is received and not understood; beyond this the oldest bytes are forgotten. */
const MOST_BYTES = 4096
const LONGEST_FRAME = 256
/** A line that never falls quiet for so long belongs to somebody else. */
const BABBLE_MS = 1000

/** A line without transaction ids: RTU, ASCII, RTU over TCP. One question at a time; nobody's answer is ever taken for another's. */
export class FramedLine implements ModbusLine {
  readonly target: Target
  readonly widestWindow = 1
  window = 1
  readonly #port: ByteLine
  readonly #framing: Framing
  readonly #timing: LineTiming
  readonly #clock: Clock
  readonly #gone = new AbortController()
  readonly #unsettled = new UnsettledQuestions()
  readonly #echo = new EchoWatch()
  readonly #stopListening: () => void
  #faults: LineFaults = noFaults()
  #received: Uint8Array = new Uint8Array(0)
  #current: SentQuestion | undefined
  #answered: SentQuestion | undefined
  #answer: Exchange | undefined
  #busyUntilMs = 0
  #wake: AbortController | undefined
  #turn: Promise<unknown> = Promise.resolve()
  #settlings = 0
  #lost: DriverFault | undefined

  constructor(port: ByteLine, options: FramedLineOptions) {
    this.target = options.target
    this.#port = port
    this.#framing = options.framing
    this.#timing = options.timing
    this.#clock = options.clock
    this.#stopListening = port.onBytes((bytes) => this.#take(bytes))
    port.onClosed((because) => this.#lose(because))
  }

  get gone(): AbortSignal {
    return this.#gone.signal
  }

  /** A serial line has no other protocol behind it that would answer for long. */
  get isForeign(): boolean {
    return false
  }

  /** What was witnessed on the line since it was opened. */
  get faults(): LineFaults {
    return { ...this.#faults, echoes: this.#echo.echoes }
  }

  ask(question: Question): Promise<Exchange> {
    const turn = this.#turn.then(() => this.#askInTurn(question))
    this.#turn = turn.catch(() => undefined)
    return turn
  }

  async close(): Promise<void> {
    this.#lose('it was closed from this side')
    this.#stopListening()
    await this.#port[Symbol.asyncDispose]()
  }

  async #askInTurn(question: Question): Promise<Exchange> {
    const startedMs = this.#clock.monotonicMs()
    this.#unsettled.forgetOld(startedMs)
    if (this.#unsettled.isAmbiguous(question) && !(await this.#settleEarlier(question)))
      return { kind: 'silence', waitedMs: this.#clock.monotonicMs() - startedMs }
    return await this.#exchange(question)
  }

  /** An answer to something that no open question looks like proves that the earlier ones are over. */
  async #settleEarlier(question: Question): Promise<boolean> {
    const { unit, timeoutMs } = question
    const pdu = settlingQuestions(this.#settlings++).find((candidate) => this.#unsettled.isDistinct({ unit, pdu: candidate }))
    if (pdu) await this.#exchange({ unit, pdu, timeoutMs })
    return !this.#unsettled.isAmbiguous(question)
  }

  async #exchange({ unit, pdu, timeoutMs, late }: Question): Promise<Exchange> {
    const isQuiet = await this.#untilQuiet()
    this.#expectOpen()
    if (!isQuiet) return { kind: 'malformed', why: 'the line does not fall quiet: another master may be talking on it' }
    const frame = this.#framing.encode(unit, pdu)
    const sentAtMs = this.#clock.monotonicMs()
    const sent: SentQuestion = { unit, pdu, sentAtMs, late }
    this.#received = new Uint8Array(0)
    this.#answer = undefined
    this.#answered = undefined
    this.#current = sent
    this.#unsettled.add(sent)
    this.#echo.sending(frame, pdu[0] === 5 || pdu[0] === 6 ? 'looks-alike' : 'differs')
    const onAirUntilMs = sentAtMs + frame.length * this.#timing.characterMs
    this.#busyUntilMs = onAirUntilMs
    await this.#port.write(frame).catch((thrown: unknown) => this.#lose('it takes no more bytes', thrown))
    await this.#untilAnswered(onAirUntilMs + timeoutMs, pdu)
    this.#current = undefined
    this.#expectOpen()
    return this.#answer ?? this.#noAnswer(sent)
  }

  /** Waits for the answer until `deadlineMs`; longer while a frame is coming in, shorter when all that was expected has come and is broken. */
  async #untilAnswered(deadlineMs: number, pdu: Uint8Array): Promise<void> {
    const expected = this.#framing.answerBytes(pdu)
    const lastMs = deadlineMs + 2 * LONGEST_FRAME * this.#timing.characterMs
    while (!this.#answer && !this.#lost) {
      const settledMs = this.#busyUntilMs + this.#timing.settleMs
      const count = this.#received.length
      const untilMs =
        count >= expected ? Math.min(settledMs, lastMs) : count > 0 ? Math.min(Math.max(deadlineMs, settledMs), lastMs) : deadlineMs
      const waitMs = untilMs - this.#clock.monotonicMs()
      if (waitMs <= 0) return
      await this.#sleep(waitMs)
    }
  }

  #expectOpen(): void {
    if (this.#lost) throw this.#lost
  }

  #noAnswer({ sentAtMs, pdu }: SentQuestion): Exchange {
    const count = this.#received.length
    if (count === 0) return { kind: 'silence', waitedMs: this.#clock.monotonicMs() - sentAtMs }
    const stranger = this.#framing.findStranger(this.#received, pdu)
    if (stranger === undefined) this.#faults = { ...this.#faults, broken: this.#faults.broken + 1 }
    else this.#faults = { ...this.#faults, strangers: this.#faults.strangers + 1 }
    if (stranger === undefined) return { kind: 'malformed', why: `${count} bytes came that are no sound answer`, isSpoilt: true }
    return { kind: 'malformed', why: `unit ${stranger} answered instead` }
  }

  async #untilQuiet(): Promise<boolean> {
    const endMs = this.#clock.monotonicMs() + BABBLE_MS
    for (;;) {
      const nowMs = this.#clock.monotonicMs()
      const waitMs = this.#busyUntilMs + this.#timing.gapMs - nowMs
      if (waitMs <= 0 || this.#lost) return true
      if (nowMs > endMs) return false
      await this.#clock.sleep(waitMs, this.#gone.signal)
    }
  }

  async #sleep(ms: number): Promise<void> {
    this.#wake = new AbortController()
    await this.#clock.sleep(ms, this.#wake.signal)
    this.#wake = undefined
  }

  #take(bytes: Uint8Array): void {
    this.#busyUntilMs = this.#clock.monotonicMs()
    if (!this.#current) this.#faults = { ...this.#faults, stray: this.#faults.stray + bytes.length }
    const all = this.#received.length === 0 ? Uint8Array.from(bytes) : Buffer.concat([this.#received, bytes])
    this.#received = all.length > MOST_BYTES ? all.subarray(-LONGEST_FRAME) : all
    const echo = this.#current ? this.#echo.lengthIn(this.#received) : 0
    if (echo === null) return
    this.#received = this.#received.subarray(echo)
    const candidates = this.#answered ? [...this.#unsettled.all, this.#answered] : this.#unsettled.all
    for (let found = this.#find(0, candidates); found; found = this.#find(0, candidates)) {
      this.#received = this.#received.subarray(found.end)
      this.#assign(found)
    }
    if (this.#answer || this.#received.length > 0) this.#wake?.abort()
  }

  #find(from: number, asked: readonly SentQuestion[]): FoundFrame<SentQuestion> | undefined {
    return this.#received.length === 0 ? undefined : this.#framing.find(this.#received, from, asked)
  }

  #assign({ asked, pdu }: FoundFrame<SentQuestion>): void {
    if (!asked) return
    const current = this.#current
    const nowMs = this.#clock.monotonicMs()
    if (asked === this.#answered) this.#faults = { ...this.#faults, doubles: this.#faults.doubles + 1 }
    this.#unsettled.settle(asked)
    if (current && !this.#answer && asked.unit === current.unit && isSame(asked.pdu, current.pdu)) {
      this.#echo.answered()
      this.#answered = current
      this.#answer = { kind: 'reply', pdu, tookMs: nowMs - current.sentAtMs }
    } else {
      asked.late?.(nowMs - asked.sentAtMs, pdu)
    }
  }

  #lose(because: string, cause?: unknown): void {
    if (this.#lost) return
    this.#lost = lostLine(this.target, because, cause)
    this.#gone.abort()
    this.#wake?.abort()
  }
}
