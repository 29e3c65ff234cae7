import { reasonOf } from '../faults/fault.js'
import type { Freight, Happening } from '../readings/measurement.js'
import type { Sensor } from '../readings/sensor.js'
import type { EndedBy, Refusal, RunStart, Sink, Tally } from '../sinks/contract.js'
import { SinkLane } from './sink-lane.js'

interface SinkSurroundings {
  readonly warn: (text: string) => void
  /** A sink that must not lose has failed: nothing more may come. */
  readonly onFailure: () => void
}

/** All sinks of a road, each behind its lane: they start, take and close together, and hear what the others have to say. */
export class RoadSinks {
  readonly #lanes: readonly SinkLane[]
  readonly #around: SinkSurroundings
  /** What sinks have told each other, in order. */
  #told: Promise<void> = Promise.resolve()
  #failure: unknown

  constructor(sinks: readonly Sink[], around: SinkSurroundings) {
    this.#around = around
    this.#lanes = sinks.map((sink) => new SinkLane(sink, (failed, cause) => this.#failed(failed, cause)))
  }

  /** Why a sink that must not lose failed, or any could not be closed; undefined where all is well. */
  get failure(): unknown {
    return this.#failure
  }

  /** Starts those that are meant and have not been started yet, one after the other. */
  async start(isMeant: (sink: Sink) => boolean, runFor: (sink: Sink) => Promise<RunStart>): Promise<void> {
    for (const lane of this.#lanes) {
      if (isMeant(lane.sink)) await lane.start(await runFor(lane.sink), (happening) => this.#tell(lane, happening))
    }
  }

  /** Tells every sink of further sensors. @returns what a sink cannot take under its name. */
  async extend(sensors: readonly Sensor[]): Promise<Refusal[]> {
    const refusals: Refusal[] = []
    for (const lane of this.#lanes) refusals.push(...(await lane.extend(sensors)))
    return refusals
  }

  /** Resolves when every lane has room for more. */
  async push(freight: Freight): Promise<void> {
    for (const lane of this.#lanes) await lane.push(freight)
  }

  /** Every sink is closed, also when the closing of another fails; those that keep come last, to hear what the others have to say. */
  async close(endedBy: EndedBy): Promise<void> {
    for (const policy of ['latest', 'wait'] as const) {
      const lanes = this.#lanes.filter(({ sink }) => sink.policy === policy)
      const closed = await Promise.allSettled(lanes.map((lane) => lane.close(endedBy)))
      this.#failure ??= closed.find((one) => one.status === 'rejected')?.reason
      await this.#told
    }
  }

  tallies(): readonly { readonly name: string; readonly tally: Tally }[] {
    return this.#lanes.map((lane) => ({ name: lane.sink.name, tally: lane.tally() }))
  }

  #tell(from: SinkLane, happening: Happening): void {
    const others = this.#lanes.filter((lane) => lane !== from)
    this.#told = this.#told.then(async () => {
      for (const lane of others) await lane.push(happening)
    })
  }

  #failed(sink: Sink, cause: unknown): void {
    this.#around.warn(`${sink.name} has failed: ${reasonOf(cause)}`)
    if (sink.policy !== 'wait') return
    this.#failure ??= cause
    this.#around.onFailure()
  }
}
