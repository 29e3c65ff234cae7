import { Fault, reasonOf } from '../faults/fault.js'
import type { Clock } from '../readings/clock.js'
import type { Freight, Happening } from '../readings/measurement.js'
import type { Sensor } from '../readings/sensor.js'
import type { EndedBy, Refusal, RunStart, Sink, Tally } from '../sinks/contract.js'

/** A recording that somebody began while the run lasted. */
export interface DemandedRecording {
  readonly folder: string
  readonly tally: Tally
}

interface OnDemandParts {
  readonly clock: Clock
  /** A recording into a folder, not started yet. @throws Fault where the folder is taken. */
  readonly make: (folder: string) => Promise<Sink>
  /** What holds at the beginning and must be known to read the rest, e.g. alarms that stand. */
  readonly standing: () => readonly Happening[]
  readonly warn: (text: string) => void
}

interface CurrentRecording {
  readonly folder: string
  readonly sink: Sink
}

/**
 * A sink that records while somebody wants it to; of the rest of the run it takes nothing. A recording that fails is closed and told, the run goes on.
 */
export class RecordingOnDemand implements Sink {
  readonly name = 'recordings'
  readonly policy = 'wait'
  readonly #parts: OnDemandParts
  readonly #made: DemandedRecording[] = []
  #run: RunStart | undefined
  #current: CurrentRecording | undefined
  /** One change at a time. */
  #changing: Promise<unknown> = Promise.resolve()
  #taking: Promise<unknown> = Promise.resolve()

  constructor(parts: OnDemandParts) {
    this.#parts = parts
  }

  /** The one that is being made; null while nothing is recorded. */
  get current(): DemandedRecording | null {
    return this.#current ? { folder: this.#current.folder, tally: this.#current.sink.tally() } : null
  }

  /** Those that were made and are closed. */
  get made(): readonly DemandedRecording[] {
    return this.#made
  }

  start(run: RunStart): Promise<void> {
    this.#run = run
    return Promise.resolve()
  }

  async extend(sensors: readonly Sensor[]): Promise<readonly Refusal[]> {
    if (this.#run) this.#run = { ...this.#run, sensors: [...this.#run.sensors, ...sensors] }
    return (await this.#current?.sink.extend?.(sensors)) ?? []
  }

  async take(freight: Freight): Promise<void> {
    const current = this.#current
    if (!current) return
    try {
      const taking = current.sink.take(freight)
      this.#taking = Promise.resolve(taking).catch(() => undefined)
      await taking
    } catch (thrown) {
      await this.#giveUp(current, thrown)
    }
  }

  /**
   * Records from now on.
   * @throws Fault RECORDING_IN_USE where one is being made already, and what beginning a recording throws.
   */
  async begin(folder: string): Promise<void> {
    await this.#alone(async () => {
      if (this.#current) throw refused(folder, `${this.#current.folder} is being recorded`)
      if (!this.#run) throw refused(folder, 'no connection is open yet')
      const sink = await this.#parts.make(folder)
      const startedAt = this.#parts.clock.now()
      await sink.start({ ...this.#run, startedAt })
      for (const happening of this.#parts.standing()) await sink.take(happening)
      this.#current = { folder, sink }
    })
  }

  /** @returns what was recorded; null where nothing was. */
  async end(endedBy: EndedBy = 'interrupt'): Promise<DemandedRecording | null> {
    return await this.#alone(async () => {
      const current = this.#current
      if (!current) return null
      this.#current = undefined
      await this.#taking
      try {
        await current.sink.close(endedBy)
      } finally {
        this.#made.push({ folder: current.folder, tally: current.sink.tally() })
      }
      return this.#made.at(-1) ?? null
    })
  }

  async close(endedBy: EndedBy): Promise<void> {
    await this.end(endedBy)
  }

  tally(): Tally {
    return this.#current?.sink.tally() ?? { stored: 0, buffered: 0, dropped: 0, drops: [] }
  }

  async #giveUp(current: CurrentRecording, thrown: unknown): Promise<void> {
    this.#parts.warn(`recording into ${current.folder} has ended: ${reasonOf(thrown)}`)
    if (this.#current === current) await this.end('fault').catch((again: unknown) => this.#parts.warn(reasonOf(again)))
  }

  async #alone<T>(work: () => Promise<T>): Promise<T> {
    const turn = this.#changing.then(work)
    this.#changing = turn.catch(() => undefined)
    return await turn
  }
}

function refused(folder: string, because: string): Fault {
  return new Fault('RECORDING_NOT_WRITABLE', { message: `${folder} cannot be recorded into`, because, advice: { folder } })
}
