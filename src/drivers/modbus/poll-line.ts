import type { SensorKey } from '../../readings/measurement.js'
import { QUALITY } from '../../readings/quality.js'
import type { EpochMicros } from '../../readings/time.js'
import type { Surroundings } from '../contract.js'
import { widthOf } from './address.js'
import { verdictOf } from './answer-quality.js'
import { lostLine } from './connect.js'
import type { ModbusLine } from './exchange.js'
import type { HostPlace } from './host-memory.js'
import { LineLessons } from './line-lessons.js'
import { Pipelining } from './pipelining.js'
import { type KnownOfLine, PollRound, type RoundOptions } from './poll-round.js'
import { type Answer, describeAnswer } from './read-span.js'
import { decodeRegisters } from './register-codec.js'
import { type Member, type PlannedRequest, type PlanTerms, planMembers } from './request-plan.js'
import { UnitHealth } from './unit-health.js'

/** One reading, before it becomes a row of a batch. */
export interface Row {
  readonly sensor: number
  readonly measuredAt: EpochMicros
  readonly value: number
  readonly quality: number
  readonly text: string | null
}

/** Points that are polled together, with the requests that they take; these change as the line gets to know its devices. */
export interface PolledPoints {
  readonly members: readonly Member[]
  plan: readonly PlannedRequest[]
  /** What was known when the plan was made. */
  plannedWith: string
}

export interface PollTimes {
  /** On the monotonic clock: when the line is needed next. Slow answers are not waited for beyond that. */
  readonly untilMs: number
  readonly periodMs: number
}

/** Once someone has answered, a line on which nobody does for so long is taken for dead (a peer that went without FIN). */
const DEAD_LINE_MS = 30_000
/** What a request costs before anything is measured, in words: on TCP mostly waiting, on a serial line some twenty characters. */
const ASSUMED_WORDS = { tcp: 100, serial: 12 } as const

const FATES = { values: 'answered', exception: 'refused', silence: 'silent', malformed: 'spoilt' } as const

interface PolledLineParts {
  readonly keys: readonly SensorKey[]
  readonly around: Pick<Surroundings, 'clock' | 'log' | 'timeoutMs' | 'stateFolder' | 'traffic' | 'raw'>
  /** Aborted when we stop in good order. */
  readonly ended: AbortSignal
  readonly company: RoundOptions['company']
  readonly place: HostPlace
  readonly lessons: LineLessons
}

/** Polls points over one line, and gets better at it: requests follow what they are measured to cost and what the devices refuse. */
export class PolledLine {
  readonly #line: ModbusLine
  readonly #around: PolledLineParts['around']
  readonly #keys: readonly SensorKey[]
  readonly #ended: AbortSignal
  readonly #company: RoundOptions['company']
  readonly #lessons: LineLessons
  readonly #known: KnownOfLine
  readonly #pipelining: Pipelining
  /** Per sensor what is wrong with it, so that each trouble is told once. */
  readonly #troubles = new Map<number, string>()
  #heardAtMs: number

  private constructor(line: ModbusLine, { lessons, keys, place, around, ended, company }: PolledLineParts) {
    this.#line = line
    this.#keys = keys
    this.#around = around
    this.#ended = ended
    this.#company = company
    this.#lessons = lessons
    const { limits, costs } = lessons
    this.#known = { health: new UnitHealth(around.timeoutMs), limits, costs, awaited: new Set(), lastTrouble: new Map() }
    this.#pipelining = new Pipelining(line, { place, clock: around.clock, log: around.log })
    this.#heardAtMs = around.clock.monotonicMs()
  }

  /** Begins with what earlier connections have learnt. */
  static async begin(line: ModbusLine, parts: Omit<PolledLineParts, 'lessons' | 'place'>): Promise<PolledLine> {
    const { around } = parts
    const place = { target: line.target, stateFolder: around.stateFolder, clock: around.clock }
    const lessons = await LineLessons.recall(place, line.widestWindow > 1 ? ASSUMED_WORDS.tcp : ASSUMED_WORDS.serial)
    return new PolledLine(line, { ...parts, lessons, place })
  }

  /** When nothing is polled any more: what was learnt is kept, and a trial that was interrupted says nothing. Never throws. */
  async end(): Promise<void> {
    await this.#pipelining.abandon()
    await this.#lessons.write()
  }

  /**
   * Asks once for all these points.
   * @returns a row per point.
   * @throws DriverFault CONNECTION_LOST
   */
  async poll(points: PolledPoints, { untilMs, periodMs }: PollTimes): Promise<readonly Row[]> {
    const { clock } = this.#around
    this.#planAnew(points)
    await this.#pipelining.prepare(points.plan.length)
    const rows: Row[] = []
    const startedMs = clock.monotonicMs()
    let [lastAnswerMs, lastGapMs] = [startedMs, 0]
    const round = new PollRound({
      ...this.#known,
      line: this.#line,
      clock,
      untilMs,
      company: this.#company,
      isTrial: this.#pipelining.isTrying,
      onAnswer: (request, answer) => {
        this.#hear(answer)
        const nowMs = clock.monotonicMs()
        lastGapMs = nowMs - lastAnswerMs
        lastAnswerMs = nowMs
        this.#addRows(rows, request, answer)
      },
      onAfterwards: (request, answer) => this.#tellAfterwards(request, answer),
    })
    await this.#run(round, points.plan)
    this.#fillIn(rows, points.members)
    this.#checkLine()
    const isQuiet = rows.length > 0 && round.trouble === null
    const tookMs = clock.monotonicMs() - startedMs
    if (isQuiet) await this.#pipelining.wentWell({ tookMs, periodMs, requests: points.plan.length, lastGapMs })
    await this.#lessons.keep(clock.monotonicMs())
    return rows
  }

  async #run(round: PollRound, plan: readonly PlannedRequest[]): Promise<void> {
    try {
      await round.run(plan)
    } catch (thrown) {
      if (this.#pipelining.isTrying && !this.#ended.aborted)
        await this.#pipelining.wentWrong('the connection broke when two questions were out')
      throw thrown
    }
    if (round.trouble !== null) await this.#pipelining.wentWrong(round.trouble)
  }

  #planAnew(points: PolledPoints): void {
    const { limits, costs } = this.#known
    const { wordsPerRequest } = costs
    const { damage } = this.#line
    const plannedWith = `${limits.lessons} ${wordsPerRequest} ${damage?.lessons}`
    if (points.plannedWith === plannedWith) return
    const { isForbidden, standsAlone } = limits
    const largest: PlanTerms['largest'] = (unit, table) =>
      Math.min(limits.largest(unit, table), damage?.mostValues(unit, table, wordsPerRequest) ?? Number.POSITIVE_INFINITY)
    points.plan = planMembers(points.members, { wordsPerRequest, largest, isForbidden, standsAlone })
    points.plannedWith = plannedWith
  }

  #hear(answer: Answer): void {
    if (answer.kind !== 'silence') this.#heardAtMs = this.#around.clock.monotonicMs()
    this.#around.traffic?.count(FATES[answer.kind], 'tookMs' in answer ? answer.tookMs : undefined)
  }

  #checkLine(): void {
    const unheardMs = this.#around.clock.monotonicMs() - this.#heardAtMs
    if (!this.#known.health.hasHeardSomeone || unheardMs <= DEAD_LINE_MS) return
    throw lostLine(this.#line.target, `no unit has answered for ${Math.round(unheardMs / 1000)} s, though some did before`)
  }

  #addRows(rows: Row[], { members, span }: PlannedRequest, answer: Answer): void {
    const measuredAt = this.#around.clock.now()
    if (answer.kind === 'values') this.#keepRaw(members, span.from, answer.values)
    for (const member of members) {
      const row = answer.kind === 'values' ? decodeMember(member, { from: span.from, values: answer.values, measuredAt }) : undefined
      if (row) {
        if (this.#troubles.size > 0) this.#troubles.delete(member.index)
        rows.push(row)
      } else rows.push({ sensor: member.index, measuredAt, value: 0, text: null, quality: this.#tellOnce(member, answer) })
    }
  }

  #keepRaw(members: readonly Member[], from: number, values: Uint16Array): void {
    const { raw } = this.#around
    if (raw === undefined) return
    for (const { index, point } of members) {
      const start = point.register - from
      const registers = values.subarray(start, start + widthOf(point))
      raw.keep(this.#keys[index] ?? '', { registers, from: point.register })
    }
  }

  /** Whoever was not waited for any longer has no value in this round; why is told when it is known. */
  #fillIn(rows: Row[], members: readonly Member[]): void {
    if (rows.length === members.length) return
    const answered = new Set(rows.map(({ sensor }) => sensor))
    const measuredAt = this.#around.clock.now()
    for (const { index } of members)
      if (!answered.has(index)) rows.push({ sensor: index, measuredAt, value: 0, text: null, quality: QUALITY['no-response'] })
  }

  #tellAfterwards({ members }: PlannedRequest, answer: Answer): void {
    this.#hear(answer)
    for (const member of members) {
      if (answer.kind === 'values' || answer.kind === 'exception')
        this.#warn(
          member.index,
          'MODBUS_NO_RESPONSE',
          `unit ${member.point.unit} answered after ${Math.round(answer.tookMs)} ms, beyond its period`,
        )
      else this.#tellOnce(member, answer)
    }
  }

  /** @returns the quality of a reading without value. */
  #tellOnce({ index, point }: Member, answer: Answer): number {
    if (answer.kind === 'values') {
      this.#warn(index, 'undecodable', `the registers hold no ${point.type}`)
      return QUALITY.undecodable
    }
    const { quality, code } = verdictOf(answer)
    this.#warn(index, code, `unit ${point.unit}, ${point.table} ${point.register}: ${describeAnswer(answer)}`)
    return quality
  }

  #warn(index: number, trouble: string, because: string): void {
    if (this.#troubles.get(index) === trouble) return
    this.#troubles.set(index, trouble)
    const sensor = this.#keys[index] ?? ''
    this.#around.log.warn(`${sensor} gives no value: ${because}`, { code: trouble, sensor, because })
  }
}

interface Received {
  readonly from: number
  readonly values: Uint16Array
  readonly measuredAt: EpochMicros
}

function decodeMember({ index, point }: Member, { from, values, measuredAt }: Received): Row | undefined {
  const start = point.register - from
  const decoded = decodeRegisters(values.subarray(start, start + widthOf(point)), point)
  return decoded && { sensor: index, measuredAt, value: decoded.value, text: decoded.text, quality: QUALITY.good }
}
