import { reasonOf } from '../../faults/fault.js'
import type { Gap, Measurement } from '../../readings/measurement.js'
import { QUALITY } from '../../readings/quality.js'
import { portLost } from '../../serial-line/port-fault.js'
import type { SerialLine } from '../../serial-line/serial-line.js'
import type { Connection, Surroundings } from '../contract.js'
import { DriverFault } from '../fault.js'
import { askInTurn } from './ask-in-turn.js'
import { Asker } from './asker.js'
import { extract } from './extract.js'
import { Intake } from './intake.js'
import type { Message } from './message.js'
import { tapMessages } from './message-tap.js'
import { type Member, planRounds } from './question-plan.js'
import { missedRow, type Row, rowOf } from './reading-row.js'
import type { Framing } from './serial-address.js'

/** So many messages over so long without a value for a sensor are no accident. */
const UNMATCHED_MESSAGES = 10
const UNMATCHED_MS = 3000

interface ConnectionOptions {
  readonly line: SerialLine
  readonly members: readonly Member[]
  readonly framing: Framing
  readonly around: Surroundings
}

/** Readings of an open port: of what it says by itself, and of answers to questions. Sends nothing where no sensor has a question. */
export class SerialConnection implements Connection {
  readonly #options: ConnectionOptions
  readonly #ended = new AbortController()
  readonly #intake: Intake
  readonly #end = (): void => {
    this.#ended.abort()
    this.#intake.wake()
  }
  readonly #gaps: Gap[] = []
  #running: Promise<void> | undefined
  #thrown: Error | undefined
  /** Listening sensors, by place, that no message has had a value for. */
  readonly #waiting: Set<number>
  #heard = 0
  #firstMs: number | undefined

  constructor(options: ConnectionOptions) {
    this.#options = options
    this.#intake = new Intake(options.members.map(({ sensor }) => sensor.key))
    this.#waiting = new Set(options.members.filter(({ address }) => address.question === null).map(({ index }) => index))
    const { signal } = options.around
    signal.addEventListener('abort', this.#end, { once: true })
    if (signal.aborted) this.#end()
  }

  async *measurements(): AsyncGenerator<Measurement> {
    this.#running ??= this.#run()
    const { clock } = this.#options.around
    while (!this.#ended.signal.aborted) {
      await this.#intake.something()
      yield* this.#intake.take(clock.now())
      yield* this.#gaps.splice(0)
      if (this.#thrown !== undefined && !this.#ended.signal.aborted) throw this.#thrown
    }
  }

  async [Symbol.asyncDispose](): Promise<void> {
    this.#options.around.signal.removeEventListener('abort', this.#end)
    this.#end()
    await this.#options.line[Symbol.asyncDispose]()
    await this.#running
  }

  async #run(): Promise<void> {
    const { line, members, framing, around } = this.#options
    const asker = new Asker(line, around)
    const listeners = members.filter(({ address }) => address.question === null)
    const stopWatching = line.onClosed((because) => this.#break(portLost(line.path, because)))
    const tap = tapMessages(line, {
      framing,
      clock: around.clock,
      onMessage: (message) => {
        if (asker.take(message) === 'other' && !message.isTorn) this.#hear(message, listeners)
      },
    })
    const { signal } = this.#ended
    const rounds = planRounds(members)
    try {
      await askInTurn(rounds, {
        asker,
        around,
        signal,
        give: (rows) => this.#intake.add(rows),
        tell: (gap) => {
          this.#gaps.push(gap)
          this.#intake.wake()
        },
      })
      if (!signal.aborted) await aborted(signal)
    } catch (thrown) {
      this.#break(thrown)
    } finally {
      stopWatching()
      await tap[Symbol.asyncDispose]()
    }
  }

  #hear(message: Message, listeners: readonly Member[]): void {
    const rows: Row[] = []
    for (const { sensor, index, address } of listeners) {
      const extracted = extract(address, message.text)
      if (!extracted) continue
      this.#waiting.delete(index)
      rows.push(rowOf(sensor, index, { extracted, at: message.at }))
    }
    this.#heard++
    this.#firstMs ??= message.beganMs
    if (this.#heard >= UNMATCHED_MESSAGES && message.beganMs - this.#firstMs >= UNMATCHED_MS) {
      // Told once: it may still come.
      const text = `${this.#heard} messages came, and none holds it; the last was '${message.text.slice(0, 80)}'`
      for (const index of this.#waiting) rows.push(missedRow(index, message.at, { quality: QUALITY.undecodable, text }))
      this.#waiting.clear()
    }
    this.#intake.add(rows)
  }

  #break(thrown: unknown): void {
    this.#thrown ??= thrown instanceof Error ? thrown : new DriverFault('BUG', { message: reasonOf(thrown), cause: thrown, retry: false })
    this.#intake.wake()
  }
}

async function aborted(signal: AbortSignal): Promise<void> {
  await new Promise<void>((resolve) => signal.addEventListener('abort', () => resolve(), { once: true }))
}
