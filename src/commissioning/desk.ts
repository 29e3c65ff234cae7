import { Fault } from '../faults/fault.js'
import type { Clock } from '../readings/clock.js'
import type { SensorKey } from '../readings/measurement.js'
import type { EpochMicros } from '../readings/time.js'
import { compareNeighbours, momentBetween } from './compare-neighbours.js'
import { ARMED_MS, findResponse, type NeighbourRecord, type StimulusAnswer, type TimedRecord } from './find-response.js'
import { keepEntry, mendCommissioning, readCommissioning } from './journal.js'
import { responseEntry, swapHint } from './neighbour-words.js'
import { EMPTY_SHEET, type SheetEntry, type Sheets, sheetsOf, withEntry } from './sheet.js'

export interface ArmedSensor {
  readonly sensor: SensorKey
  readonly since: EpochMicros
  /** What the last look at it said. */
  readonly answer: StimulusAnswer
  /** It responded; whether others moved too is told once they had the time to say so. */
  readonly found: { readonly answer: StimulusAnswer; readonly atMs: number; readonly tellAt: EpochMicros } | null
}

export interface DeskOptions {
  /** The journal; null where it can be kept nowhere, so that all is gone at the end. */
  readonly path: string | null
  readonly clock: Clock
  /** What the sensor did before and since a moment. */
  readonly look: (sensor: SensorKey, since: EpochMicros) => TimedRecord
  /** What the others did, those nearest to it first; left out: there are none to compare with. */
  readonly neighbours?: (sensor: SensorKey, since: EpochMicros) => readonly NeighbourRecord[]
}

const LOOK_EVERY_MS = 500
/** All the others are looked at less often: that costs something. */
const LOOKS_TO_A_HINT = 4
/** Others are asked with this delay, so that those that send seldom can say what they did. */
const OTHERS_WITHIN_MS = 1000
const OTHERS_AFTER_MS = 5000

/** Where a sensor is commissioned: the sheets, what is armed, and the journal that outlives the run. */
export class CommissioningDesk implements Disposable {
  readonly path: string | null
  readonly #clock: Clock
  readonly #look: DeskOptions['look']
  readonly #neighbours: NonNullable<DeskOptions['neighbours']>
  #looks = 0
  #hint = ''
  readonly #sheets: Map<SensorKey, ReturnType<typeof withEntry>>
  readonly #timer: NodeJS.Timeout
  #armed: ArmedSensor | null = null
  /** Lines are written one after the other. */
  #written: Promise<void> = Promise.resolve()
  #trouble: string | null = null

  private constructor({ path, clock, look, neighbours }: DeskOptions, sheets: Sheets) {
    this.path = path
    this.#clock = clock
    this.#look = look
    this.#neighbours = neighbours ?? (() => [])
    this.#sheets = new Map(sheets)
    this.#timer = setInterval(() => this.#watch(), LOOK_EVERY_MS)
    this.#timer.unref()
  }

  /** @throws Fault COMMISSIONING_INVALID, FILE_PERMISSION. */
  static async open(options: DeskOptions): Promise<CommissioningDesk> {
    if (options.path === null) return new CommissioningDesk(options, new Map())
    const kept = await readCommissioning(options.path)
    await mendCommissioning(options.path, kept)
    return new CommissioningDesk(options, sheetsOf(kept.entries))
  }

  get sheets(): Sheets {
    return this.#sheets
  }

  get armed(): ArmedSensor | null {
    return this.#armed
  }

  /** Why something could not be written down; null while all could. */
  get trouble(): string | null {
    return this.#trouble
  }

  /** One sensor at a time is armed; null: none. */
  arm(sensor: SensorKey | null): void {
    const since = this.#clock.now()
    this.#hint = ''
    this.#armed = sensor === null ? null : { sensor, since, answer: findResponse(this.#look(sensor, since)), found: null }
  }

  /** Writes a line down; it counts at once, and is on the disk when the promise is done. */
  async add(entry: SheetEntry): Promise<void> {
    this.#sheets.set(entry.sensor, withEntry(this.#sheets.get(entry.sensor) ?? EMPTY_SHEET, entry))
    const { path } = this
    if (path === null) return
    this.#written = this.#written.then(() =>
      keepEntry(path, entry).catch((thrown: unknown) => {
        this.#trouble = thrown instanceof Fault ? thrown.message : String(thrown)
      }),
    )
    await this.#written
  }

  /** After all lines are written. */
  async settled(): Promise<void> {
    await this.#written
  }

  [Symbol.dispose](): void {
    clearInterval(this.#timer)
  }

  #watch(): void {
    const { found, ...armed } = this.#armed ?? { found: null }
    if (!('sensor' in armed)) return
    const now = this.#clock.now()
    if (found) {
      if (now >= found.tellAt) this.#conclude(armed, found)
      return
    }
    const record = this.#look(armed.sensor, armed.since)
    const answer = findResponse(record)
    if (answer.state === 'responded') {
      const atMs = record.armedAtMs[answer.place ?? -1] ?? now / 1000
      const asking = { ...answer, says: `${answer.says}. Did others move too? ${OTHERS_AFTER_MS / 1000} s` }
      this.#armed = { ...armed, answer: asking, found: { answer, atMs, tellAt: now + OTHERS_AFTER_MS * 1000 } }
      return
    }
    if (now - armed.since > ARMED_MS * 1000) this.#armed = null
    else this.#armed = { ...armed, answer: this.#hinted(armed, answer), found: null }
  }

  /** By now the change is known in its whole size, and what the others did. */
  #conclude({ sensor, since }: Pick<ArmedSensor, 'sensor' | 'since'>, found: NonNullable<ArmedSensor['found']>): void {
    const record = this.#look(sensor, since)
    const whole = findResponse(record)
    const { says, place } = whole.state === 'responded' ? whole : found.answer
    const atMs = record.armedAtMs[place ?? -1] ?? found.atMs
    const comparison = compareNeighbours(this.#neighbours(sensor, since), { atMs, withinMs: OTHERS_WITHIN_MS })
    this.#armed = null
    void this.add({ at: this.#clock.now(), sensor, ...responseEntry(says, comparison) })
  }

  /** Nothing moved where it should: perhaps something did where it should not. */
  #hinted({ sensor, since }: Pick<ArmedSensor, 'sensor' | 'since'>, answer: StimulusAnswer): StimulusAnswer {
    if (this.#looks++ % LOOKS_TO_A_HINT === 0) {
      const moment = momentBetween(since / 1000, this.#clock.now() / 1000)
      this.#hint = swapHint(compareNeighbours(this.#neighbours(sensor, since), moment))
    }
    return { ...answer, says: `${answer.says}${this.#hint}` }
  }
}
