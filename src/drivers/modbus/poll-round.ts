import type { DeviceLimits } from './device-limits.js'
import type { ModbusLine } from './exchange.js'
import { halvesOf, inTurns, type PollEntry } from './poll-entry.js'
import { type Answer, readSpan } from './read-span.js'
import type { RequestCosts } from './request-costs.js'
import { bisect, type PlannedRequest } from './request-plan.js'
import { graceMs, holdMs, type RoundTerms, timeoutMs } from './round-patience.js'
import type { UnitHealth } from './unit-health.js'

/** What a line has learnt of its units; rounds read it and add to it. */
export interface KnownOfLine {
  readonly health: UnitHealth
  readonly limits: DeviceLimits
  readonly costs: RequestCosts
  /** Units whose answer an earlier round did not wait for any longer. */
  readonly awaited: Set<number>
  /** What was wrong with a unit when it was last asked; holds for as long as it is left alone. */
  readonly lastTrouble: Map<number, Answer>
}

export interface RoundOptions extends KnownOfLine, RoundTerms {
  readonly line: ModbusLine
  /** While a host is being tried, all answers must come within the round. */
  readonly isTrial: boolean
  readonly onAnswer: (request: PlannedRequest, answer: Answer) => void
  /** The answer to a question that the round no longer waited for, or its silence. */
  readonly onAfterwards: (request: PlannedRequest, answer: Answer) => void
}

/** How a question is asked. */
interface Turn {
  /** How many lanes there are. */
  readonly width: number
  /** Whether nothing is left to be asked after it. */
  readonly isLast: boolean
  /** Told when the question no longer holds up the line. */
  readonly giveWay: () => void
}

/** Refusals that may mean one address of many, or too many at a time. */
const LAST_DIVISIBLE_EXCEPTION = 4
/**
 * Asks once for everything in a plan. Units that are well come first, in turns; then, one at a time, those that nothing good is known of. A question
 * that is not answered in the time that others need no longer holds up the line: it is waited for beside the others, at most to the end of the round.
 */
export class PollRound {
  readonly #options: RoundOptions
  readonly #inTheWay = new Set<number>()
  readonly #lanes = new Set<Promise<void>>()
  /** Of units that were well and have fallen silent: asked again when all others were asked, if there is time left. */
  readonly #again: PollEntry[] = []
  readonly #paused = new Set<number>()
  /** On the monotonic clock: until when stragglers are waited for. */
  #patientUntilMs: number
  #failure: { readonly thrown: unknown } | undefined
  #isOver = false
  /** What went wrong while several questions were out; null while nothing has. */
  trouble: string | null = null

  constructor(options: RoundOptions) {
    this.#options = options
    this.#patientUntilMs = options.untilMs
  }

  /** @throws DriverFault CONNECTION_LOST */
  async run(plan: readonly PlannedRequest[]): Promise<void> {
    const { health, line } = this.#options
    const [well, others] = partition(plan, ({ unit }) => health.isWell(unit))
    const [first, second] = [inTurns(well), inTurns(others)]
    do {
      await this.#work(first, line.window)
      await this.#work(second, 1)
      await this.#work(this.#again, 1)
    } while (!this.#failure && (this.#canGoOn([...first, ...second, ...this.#again]) || (await this.#stragglerComes())))
    this.#isOver = true
    if (this.#options.isTrial && this.#lanes.size > 0) this.trouble ??= 'an answer stayed away when several questions were out'
    if (this.#failure) throw this.#failure.thrown
  }

  #canGoOn(queue: readonly PollEntry[]): boolean {
    return queue.some(({ request }) => !this.#inTheWay.has(request.unit))
  }

  /** Returns when no lane is at work but those that wait for a straggler. */
  async #work(queue: PollEntry[], width: number): Promise<void> {
    if (this.#failure || !this.#canGoOn(queue)) return
    await Promise.all(Array.from({ length: Math.min(width, queue.length) }, () => this.#startLane(queue, width)))
  }

  /** Ends when the lane does, or when its place is free for others. */
  async #startLane(queue: PollEntry[], width: number): Promise<void> {
    const free = Promise.withResolvers<void>()
    const lane = this.#lane(queue, width, () => {
      if (!this.#isOver && queue.length > 0) void this.#startLane(queue, width).then(free.resolve)
      else free.resolve()
    })
    const ended = lane.then(
      () => {},
      (thrown: unknown) => {
        this.#failure ??= { thrown }
        queue.length = 0
      },
    )
    this.#lanes.add(ended)
    void ended.then(() => {
      this.#lanes.delete(ended)
      free.resolve()
    })
    await free.promise
  }

  /** What an answer says is worked out when the next question is on its way: the far end need not wait for us. */
  async #lane(queue: PollEntry[], width: number, giveWay: () => void): Promise<void> {
    let last: { readonly entry: PollEntry; readonly answer: Answer } | undefined
    let isStraggler = false
    const letPass = (): void => {
      isStraggler = true
      giveWay()
    }
    for (let entry = this.#next(queue); entry !== undefined && !this.#isOver; entry = this.#next(queue)) {
      const asking = this.#answerOf(entry, { width, isLast: queue.length === 0, giveWay: letPass })
      if (last) this.#take(last.entry, last.answer, queue)
      last = undefined
      const answer = asking && (await asking)
      if (!answer && isStraggler) return
      if (!answer) continue
      if (this.#isOver) {
        this.#options.onAfterwards(entry.request, answer)
        return
      }
      last = { entry, answer }
      if (queue.length > 0 && !isStraggler) continue
      this.#take(entry, answer, queue)
      last = undefined
      // Its place has been taken by another lane.
      if (isStraggler) return
    }
    if (last) this.#take(last.entry, last.answer, queue)
  }

  /** Undefined where an earlier round's question is still out, or where it is asked later. */
  #answerOf(entry: PollEntry, turn: Turn): Promise<Answer | undefined> | Answer | undefined {
    const { awaited, clock, health, lastTrouble, untilMs } = this.#options
    const { unit } = entry.request
    if (awaited.has(unit)) return undefined
    const nowMs = clock.monotonicMs()
    if (this.#paused.has(unit)) {
      if (!entry.isRepeat) return this.#postpone(entry)
      if (nowMs >= untilMs) this.#fellSilent(unit, SPARED)
    }
    return health.isAsleep(unit, nowMs) ? (lastTrouble.get(unit) ?? SPARED) : this.#ask(entry, turn)
  }

  #postpone(entry: PollEntry): undefined {
    this.#paused.add(entry.request.unit)
    this.#again.push({ ...entry, isRepeat: true })
  }

  #fellSilent(unit: number, answer: Answer): void {
    this.#paused.delete(unit)
    this.#options.health.wasSilent(unit, this.#options.clock.monotonicMs())
    this.#options.lastTrouble.set(unit, answer.kind === 'silence' ? SPARED : answer)
  }

  /** The next whose unit is not waited for already. */
  #next(queue: PollEntry[]): PollEntry | undefined {
    if (this.#inTheWay.size === 0) return queue.shift()
    const at = queue.findIndex(({ request }) => !this.#inTheWay.has(request.unit))
    return at < 0 ? undefined : queue.splice(at, 1)[0]
  }

  /** Undefined where it is asked again: one silence of a unit that was well says little. */
  async #ask(entry: PollEntry, { width, isLast, giveWay }: Turn): Promise<Answer | undefined> {
    const { line, health, costs, clock, awaited } = this.#options
    const { unit, span } = entry.request
    const isWell = health.isWell(unit)
    const sentAtMs = clock.monotonicMs()
    const hold = (): void => {
      if (!health.isSuspect(unit)) this.#patientUntilMs = Math.max(this.#patientUntilMs, sentAtMs + graceMs(this.#options, unit))
      this.#inTheWay.add(unit)
      awaited.add(unit)
      giveWay()
    }
    try {
      const answer = await readSpan(
        line,
        {
          unit,
          timeoutMs: timeoutMs(this.#options, entry),
          late: (tookMs) => health.answeredLate(unit, tookMs),
          giveWay: { afterMs: holdMs(this.#options, unit), then: hold },
          ...(isLast && { isLast }),
        },
        span,
      )
      if (answer.kind === 'values' && width === 1) costs.add(span, answer.tookMs)
      if (width > 1 && isWell && (answer.kind === 'silence' || answer.kind === 'malformed'))
        this.trouble ??= `unit ${unit} was ${answer.kind === 'silence' ? 'silent' : 'garbled'} when several questions were out`
      if (answer.kind === 'silence' && isWell && this.#mayRepeat(entry)) return this.#postpone(entry)
      const isAbsent = answer.kind === 'exception' && (answer.code === 10 || answer.code === 11)
      if (answer.kind === 'silence' || answer.kind === 'malformed' || isAbsent) this.#fellSilent(unit, answer)
      else health.answered(unit, answer.tookMs)
      return answer
    } finally {
      this.#inTheWay.delete(unit)
      awaited.delete(unit)
    }
  }

  /** There must be enough time left for an answer like those of others. */
  #mayRepeat({ isRepeat }: PollEntry): boolean {
    const { clock, health, untilMs } = this.#options
    return !isRepeat && !this.#isOver && clock.monotonicMs() + health.patienceMs < untilMs
  }

  #take({ request, of }: PollEntry, answer: Answer, queue: PollEntry[]): void {
    const { limits, onAnswer } = this.#options
    const halves = isDivisible(answer) ? bisect(request) : null
    if (halves && isDivisible(answer)) {
      queue.unshift(...halvesOf({ whole: request, halves, code: answer.code }))
      return
    }
    if (answer.kind === 'values') {
      limits.accepted(request)
      if (of && ++of.accepted === 2) limits.parted(of.whole)
    } else if (isDivisible(answer)) limits.refusedAlone(request)
    onAnswer(request, answer)
  }

  /** @returns false where none is waited for, or none has come in time; what its unit is still to be asked can go on after it. */
  async #stragglerComes(): Promise<boolean> {
    if (this.#lanes.size === 0 || this.#failure) return false
    const { clock, line } = this.#options
    const enough = new AbortController()
    const signal = AbortSignal.any([enough.signal, line.gone])
    const over = clock.sleep(Math.max(0, this.#patientUntilMs - clock.monotonicMs()), signal).then(() => false)
    const comes = await Promise.race([over, Promise.race(this.#lanes).then(() => true)])
    enough.abort()
    await over
    return comes
  }
}

const SPARED: Answer = { kind: 'silence', waitedMs: 0 }

function isDivisible(answer: Answer): answer is Extract<Answer, { kind: 'exception' }> {
  return answer.kind === 'exception' && answer.code <= LAST_DIVISIBLE_EXCEPTION
}

function partition<T>(all: readonly T[], isFirst: (item: T) => boolean): [T[], T[]] {
  return [all.filter(isFirst), all.filter((item) => !isFirst(item))]
}
