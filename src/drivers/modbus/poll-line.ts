import type { SensorKey } from '../../readings/measurement.js'
import { QUALITY } from '../../readings/quality.js'
import type { EpochMicros } from '../../readings/time.js'
import type { Surroundings } from '../contract.js'
import { widthOf } from './address.js'
import { verdictOf } from './answer-quality.js'
import { lostLine } from './connect.js'
import type { ModbusLine } from './exchange.js'
import { type Answer, describeAnswer, readSpan } from './read-span.js'
import { decodeRegisters } from './register-codec.js'
import { bisect, type Member, type PlannedRequest } from './request-plan.js'
import { UnitHealth } from './unit-health.js'

/** One reading, before it becomes a row of a batch. */
export interface Row {
  readonly sensor: number
  readonly measuredAt: EpochMicros
  readonly value: number
  readonly quality: number
  readonly text: string | null
}

/** Once someone has answered, a line on which nobody does for so long is taken for dead (a peer that went without FIN). */
const DEAD_LINE_MS = 30_000

/** Asks planned requests on one connection, parts those that the device refuses, and spares units that stay silent. */
export class PolledLine {
  readonly #client: ModbusLine
  readonly #around: Pick<Surroundings, 'clock' | 'log'>
  readonly #keys: readonly SensorKey[]
  readonly #health: UnitHealth
  /** Per sensor what is wrong with it, so that each trouble is told once. */
  readonly #troubles = new Map<number, string>()
  #heardAtMs: number

  constructor(client: ModbusLine, keys: readonly SensorKey[], around: Pick<Surroundings, 'clock' | 'log' | 'timeoutMs'>) {
    this.#client = client
    this.#keys = keys
    this.#around = around
    this.#health = new UnitHealth(around.timeoutMs)
    this.#heardAtMs = around.clock.monotonicMs()
  }

  /**
   * Asks once for everything in the plan.
   * @returns a row per member, and the plan as it proved possible.
   * @throws DriverFault CONNECTION_LOST
   */
  async poll(plan: readonly PlannedRequest[]): Promise<{ readonly rows: readonly Row[]; readonly plan: readonly PlannedRequest[] }> {
    const rows: Row[] = []
    const proven: PlannedRequest[] = []
    const queue = [...plan]
    for (let request = queue.shift(); request !== undefined; request = queue.shift()) {
      const answer = await this.#ask(request)
      const halves = answer.kind === 'exception' && answer.code <= 4 ? bisect(request) : null
      if (halves) {
        queue.unshift(...halves)
      } else {
        proven.push(request)
        rows.push(...this.#rowsOf(request, answer))
      }
    }
    return { rows, plan: proven }
  }

  async #ask({ unit, span }: PlannedRequest): Promise<Answer> {
    const { clock } = this.#around
    if (this.#health.isAsleep(unit, clock.monotonicMs())) return { kind: 'silence', waitedMs: 0 }
    const late = (tookMs: number): void => this.#health.answeredLate(unit, tookMs)
    const answer = await readSpan(this.#client, { unit, timeoutMs: this.#health.timeoutMs(unit), late }, span)
    const nowMs = clock.monotonicMs()
    if (answer.kind === 'silence' || (answer.kind === 'exception' && (answer.code === 10 || answer.code === 11))) {
      this.#health.wasSilent(unit, nowMs)
    } else if (answer.kind === 'malformed') {
      this.#health.wasSilent(unit, nowMs)
      this.#heardAtMs = nowMs
    } else {
      this.#health.answered(unit, answer.tookMs)
      this.#heardAtMs = nowMs
    }
    if (answer.kind === 'exception') this.#heardAtMs = nowMs
    if (this.#health.hasHeardSomeone && nowMs - this.#heardAtMs > DEAD_LINE_MS)
      throw lostLine(
        this.#client.target,
        `no unit has answered for ${Math.round((nowMs - this.#heardAtMs) / 1000)} s, though some did before`,
      )
    return answer
  }

  #rowsOf(request: PlannedRequest, answer: Answer): Row[] {
    const measuredAt = this.#around.clock.now()
    return request.members.map((member) => {
      const row = answer.kind === 'values' ? decodeMember(member, request.span.from, answer.values) : undefined
      if (row) {
        this.#troubles.delete(member.index)
        return { ...row, measuredAt }
      }
      return { sensor: member.index, measuredAt, value: 0, text: null, quality: this.#tellOnce(member, answer) }
    })
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

function decodeMember({ index, point }: Member, from: number, values: Uint16Array): Omit<Row, 'measuredAt'> | undefined {
  const start = point.register - from
  const decoded = decodeRegisters(values.subarray(start, start + widthOf(point)), point)
  return decoded && { sensor: index, value: decoded.value, text: decoded.text, quality: QUALITY.good }
}
