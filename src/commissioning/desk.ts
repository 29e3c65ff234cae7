import { Fault } from '../faults/fault.js'
import type { Clock } from '../readings/clock.js'
import type { SensorKey } from '../readings/measurement.js'
import type { EpochMicros } from '../readings/time.js'
import { ARMED_MS, findResponse, type StimulusAnswer, type StimulusRecord } from './find-response.js'
import { keepEntry, mendCommissioning, readCommissioning } from './journal.js'
import { EMPTY_SHEET, type SheetEntry, type Sheets, sheetsOf, withEntry } from './sheet.js'

export interface ArmedSensor {
  readonly sensor: SensorKey
  readonly since: EpochMicros
  /** What the last look at it said. */
  readonly answer: StimulusAnswer
}

export interface DeskOptions {
  /** The journal; null where it can be kept nowhere, so that all is gone at the end. */
  readonly path: string | null
  readonly clock: Clock
  /** What the sensor did before and since a moment. */
  readonly look: (sensor: SensorKey, since: EpochMicros) => StimulusRecord
}

const LOOK_EVERY_MS = 500

/** Where a sensor is commissioned: the sheets, what is armed, and the journal that outlives the run. */
export class CommissioningDesk implements Disposable {
  readonly path: string | null
  readonly #clock: Clock
  readonly #look: DeskOptions['look']
  readonly #sheets: Map<SensorKey, ReturnType<typeof withEntry>>
  readonly #timer: NodeJS.Timeout
  #armed: ArmedSensor | null = null
  /** Lines are written one after the other. */
  #written: Promise<void> = Promise.resolve()
  #trouble: string | null = null

  private constructor({ path, clock, look }: DeskOptions, sheets: Sheets) {
    this.path = path
    this.#clock = clock
    this.#look = look
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
    this.#armed = sensor === null ? null : { sensor, since, answer: findResponse(this.#look(sensor, since)) }
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
    const armed = this.#armed
    if (!armed) return
    const answer = findResponse(this.#look(armed.sensor, armed.since))
    const now = this.#clock.now()
    if (answer.state === 'responded') {
      this.#armed = null
      void this.add({ kind: 'response', at: now, sensor: armed.sensor, says: answer.says })
      return
    }
    this.#armed = now - armed.since > ARMED_MS * 1000 ? null : { ...armed, answer }
  }
}
