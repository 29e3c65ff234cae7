import type { Surroundings } from '../drivers/contract.js'
import type { Fault } from '../faults/fault.js'
import { locatedAt, reasonOf } from '../faults/fault.js'
import type { Asset } from '../readings/asset.js'
import { countOf, type Freight, type SensorKey } from '../readings/measurement.js'
import type { Sensor } from '../readings/sensor.js'
import type { EndedBy, RunStart, Sink, Tally } from '../sinks/contract.js'
import { watchClock } from './clock-watch.js'
import { gapOf, type Line, type LineState, type OpenBreak, runLine } from './line.js'
import { linesOf } from './lines-of.js'
import { SilentSensors } from './silent-sensors.js'
import { SinkLane } from './sink-lane.js'

const CLOSING_MS = 2000

export interface RoadRequest {
  readonly sensors: readonly Sensor[]
  readonly assets: readonly Asset[]
  readonly site: string | null
  /** What the run was asked to do, without secrets; goes into the recording's header. */
  readonly purpose: string
  readonly tool: string
  readonly sinks: readonly Sink[]
  readonly around: Surroundings
  /** Ends by itself after so long; for ever where it is undefined. */
  readonly durationMs?: number
  /** What to do when no line at all opens at the first attempt: report it, or knock until one does. */
  readonly startUp?: 'fail-if-none' | 'keep-trying'
}

export interface RoadReport {
  readonly endedBy: EndedBy
  /** Readings and waveform blocks that came off the lines. */
  readonly produced: number
  readonly gaps: number
  /** Sensors that gave no value at all. */
  readonly silent: readonly SensorKey[]
  readonly sinks: readonly { readonly name: string; readonly tally: Tally }[]
  readonly lines: readonly { readonly name: string; readonly state: LineState; readonly fault: Fault | null }[]
}

/**
 * The road from drivers to sinks: opens every line, merges what they measure, hands it to every sink, closes all of it in order.
 * One dead line never stops the others; a sink that must not lose and fails ends the run.
 *
 * @throws Fault of the first line when, with `fail-if-none`, no line opens at the first attempt; Fault of a `wait` sink that failed.
 */
export async function acquire(request: RoadRequest): Promise<RoadReport> {
  const road = new Road(request, await linesOf(request.sensors))
  return await road.run()
}

class Road {
  readonly #request: RoadRequest
  readonly #lines: readonly Line[]
  readonly #run: RunStart
  readonly #lanes: readonly SinkLane[]
  readonly #stop = new AbortController()
  readonly #states = new Map<string, { state: LineState; fault: Fault | null }>()
  readonly #around: Surroundings
  readonly #breaks = new Map<Line, OpenBreak>()
  readonly #firstOpen = Promise.withResolvers<void>()
  readonly #silent: SilentSensors
  #everOpened = false
  #produced = 0
  #gaps = 0
  #endedBy: EndedBy | undefined
  #sinkFailure: unknown

  constructor(request: RoadRequest, lines: readonly Line[]) {
    this.#request = request
    this.#lines = lines
    this.#run = runStartOf(request)
    this.#silent = new SilentSensors(request.sensors)
    this.#around = { ...request.around, signal: AbortSignal.any([request.around.signal, this.#stop.signal]) }
    this.#lanes = request.sinks.map((sink) => new SinkLane(sink, (failed, cause) => this.#sinkFailed(failed, cause)))
  }

  async run(): Promise<RoadReport> {
    for (const line of this.#lines) this.#states.set(line.name, { state: 'opening', fault: null })
    const ending = this.#endAfterDuration()
    const clockWatch = watchClock(this.#around, (freight) => this.#deliver(freight))
    try {
      await this.#start(this.#request.startUp === 'keep-trying' ? () => true : ({ sink }) => sink.policy === 'latest')
      await this.#withinClosingTime(Promise.all(this.#lines.map((line) => this.#runLine(line))))
      this.#endedBy ??= this.#whyItEnded()
    } finally {
      this.#stop.abort()
      this.#firstOpen.resolve()
      await Promise.all([ending, clockWatch])
      await this.#closeBreaks()
      await this.#closeSinks()
    }
    this.#throwWhatMustBeSaid()
    return this.#report()
  }

  #whyItEnded(): EndedBy {
    if (this.#request.around.signal.aborted) return 'interrupt'
    const allFailed = this.#states.size > 0 && [...this.#states.values()].every(({ state }) => state === 'failed')
    return this.#sinkFailure !== undefined || this.#isHopeless() || allFailed ? 'fault' : 'end-of-input'
  }

  /** What is still broken was not measured up to now. */
  async #closeBreaks(): Promise<void> {
    const now = this.#request.around.clock.now()
    for (const [line, since] of this.#breaks) await this.#deliver(gapOf(line, since, now))
  }

  /** Every sink is closed, also when the closing of another fails. */
  async #closeSinks(): Promise<void> {
    const closed = await Promise.allSettled(this.#lanes.map((lane) => lane.close(this.#endedBy ?? 'fault')))
    const failed = closed.find((one) => one.status === 'rejected')
    this.#sinkFailure ??= failed?.reason
  }

  /**
   * A sink that shows starts at once; one that keeps starts when there is something to keep, so that a run that never reached
   * anybody leaves no empty recording behind.
   */
  async #start(isMeant: (lane: SinkLane) => boolean): Promise<void> {
    for (const lane of this.#lanes.filter(isMeant)) await lane.start(this.#run)
  }

  async #runLine(line: Line): Promise<void> {
    const since = await runLine({
      line,
      around: this.#around,
      deliver: (freight) => this.#deliver(freight),
      onState: async (state, fault) => {
        this.#everOpened ||= state === 'open'
        if (this.#everOpened) this.#firstOpen.resolve()
        const known = state === 'open' ? null : (this.#states.get(line.name)?.fault ?? null)
        this.#states.set(line.name, { state, fault: fault ?? known })
        if (state === 'open') await this.#start(() => true)
        if ((this.#request.startUp ?? 'fail-if-none') === 'fail-if-none' && this.#isHopeless()) this.#stop.abort()
      },
    })
    if (since) this.#breaks.set(line, since)
  }

  /** Every line has had its first attempt and none of them opened. */
  #isHopeless(): boolean {
    return !this.#everOpened && this.#states.size > 0 && [...this.#states.values()].every(({ fault }) => fault !== null)
  }

  async #deliver(freight: Freight): Promise<void> {
    this.#produced += countOf(freight)
    if (freight.kind === 'gap') this.#gaps++
    else this.#silent.hear(freight)
    for (const lane of this.#lanes) await lane.push(freight)
  }

  async #endAfterDuration(): Promise<void> {
    const { durationMs, around } = this.#request
    if (durationMs === undefined) return
    // The time it takes to reach somebody is not measuring time.
    if (this.#request.startUp !== 'keep-trying') await this.#firstOpen.promise
    await around.clock.sleep(durationMs, this.#around.signal)
    if (this.#around.signal.aborted) return
    this.#endedBy = 'duration'
    this.#stop.abort()
  }

  /** A driver that does not keep its promise to end within a second does not keep the recording from being closed. */
  async #withinClosingTime(work: Promise<unknown>): Promise<void> {
    const patience = new AbortController()
    const lateness = async (): Promise<void> => {
      await new Promise<void>((resolve) => {
        if (this.#around.signal.aborted) resolve()
        this.#around.signal.addEventListener('abort', () => resolve(), { once: true })
      })
      await this.#request.around.clock.sleep(CLOSING_MS, patience.signal)
    }
    await Promise.race([work, lateness()])
    patience.abort()
  }

  #sinkFailed(sink: Sink, cause: unknown): void {
    this.#request.around.log.warn(`${sink.name} has failed: ${reasonOf(cause)}`)
    if (sink.policy !== 'wait') return
    this.#sinkFailure ??= cause
    this.#stop.abort()
  }

  #throwWhatMustBeSaid(): void {
    if (this.#sinkFailure !== undefined) throw this.#sinkFailure as Error
    const [name, first] = [...this.#states].find(([, { fault }]) => fault !== null) ?? []
    if (first?.fault && this.#isHopeless() && this.#endedBy === 'fault') throw locatedAt(first.fault, { line: name ?? '' })
  }

  #report(): RoadReport {
    return {
      endedBy: this.#endedBy ?? 'fault',
      produced: this.#produced,
      gaps: this.#gaps,
      silent: this.#silent.keys(),
      sinks: this.#lanes.map((lane) => ({ name: lane.sink.name, tally: lane.tally() })),
      lines: [...this.#states].map(([name, { state, fault }]) => ({ name, state, fault })),
    }
  }
}

function runStartOf({ sensors, assets, site, purpose, tool, around }: RoadRequest): RunStart {
  return { startedAt: around.clock.now(), sensors, assets, site, purpose, tool }
}
