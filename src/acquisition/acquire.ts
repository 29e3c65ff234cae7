import type { Surroundings } from '../drivers/contract.js'
import type { Fault } from '../faults/fault.js'
import { locatedAt, reasonOf } from '../faults/fault.js'
import type { Asset } from '../readings/asset.js'
import type { ClockComparison } from '../readings/clock.js'
import { countOf, type Freight, type SensorKey } from '../readings/measurement.js'
import type { Sensor } from '../readings/sensor.js'
import type { EpochMicros } from '../readings/time.js'
import type { EndedBy, RunStart, Sink, Tally } from '../sinks/contract.js'
import { type CompareClock, comparisonEvent, watchReference } from './clock-reference.js'
import { watchClock } from './clock-watch.js'
import { type PeriodRegularity, samplingEvent } from './describe-sampling.js'
import { forwardGap } from './forward-gap.js'
import { isLive } from './is-live.js'
import { gapOf, type Line, type LineState } from './line.js'
import { linesOf } from './lines-of.js'
import { Observations } from './observations.js'
import type { Resolved } from './resolve-sensors.js'
import { RoadLines } from './road-lines.js'
import { RoadSinks } from './road-sinks.js'
import { RunSensors } from './run-sensors.js'
import type { RunningLine } from './running-line.js'
import type { RoadStatus, RunningRoad } from './running-road.js'
import type { SensorChanges } from './sensor-changes.js'

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
  /** Compares this machine's clock with a better one, at the start and every hour; nobody is asked where it is missing. */
  readonly compareClock?: CompareClock
  /** Looks after the run while it lasts; ends when the road's signal aborts. */
  readonly attend?: (road: RunningRoad) => Promise<void>
}

export interface RoadReport {
  readonly endedBy: EndedBy
  /** Readings and waveform blocks that came off the lines. */
  readonly produced: number
  readonly gaps: number
  /** Sensors that gave no value at all. */
  readonly silent: readonly SensorKey[]
  /** How evenly polled sensors were sampled. */
  readonly sampling: readonly PeriodRegularity[]
  /** Sensor → how far the clock of its device was behind ours at the end, in milliseconds, or its readings late. */
  readonly deviceOffsetsMs: ReadonlyMap<SensorKey, number>
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
  readonly #first: readonly Line[]
  readonly #lines: RoadLines
  readonly #sensors: RunSensors
  readonly #startedAt: EpochMicros
  #comparison: Promise<ClockComparison | null> = Promise.resolve(null)
  readonly #sinks: RoadSinks
  readonly #stop = new AbortController()
  readonly #around: Surroundings
  readonly #firstOpen = Promise.withResolvers<void>()
  readonly #ready = Promise.withResolvers<'ready' | 'never'>()
  readonly #observations: Observations
  #everOpened = false
  #produced = 0
  #gaps = 0
  #endedBy: EndedBy | undefined

  constructor(request: RoadRequest, lines: readonly Line[]) {
    this.#request = request
    this.#first = lines
    this.#startedAt = request.around.clock.now()
    this.#observations = new Observations(request.sensors, request.around.clock)
    this.#around = { ...request.around, signal: AbortSignal.any([request.around.signal, this.#stop.signal]) }
    this.#sinks = new RoadSinks(request.sinks, { warn: (text) => request.around.log.warn(text), onFailure: () => this.#stop.abort() })
    this.#sensors = new RunSensors(request, this.#sinks)
    this.#lines = new RoadLines({
      around: this.#around,
      deliver: (freight) => this.#deliver(freight),
      onState: (running) => this.#lineChanged(running),
      latest: (key) => this.#observations.latest(key),
    })
  }

  async run(): Promise<RoadReport> {
    const ending = this.#endAfterDuration()
    const watches = this.#watchClocks()
    const attending = this.#attend()
    this.#comparison = this.#compareClock()
    try {
      if (this.#request.startUp === 'keep-trying') await this.#startAll()
      else await this.#start(({ policy }) => policy === 'latest')
      await this.#withinClosingTime(this.#lines.run(this.#first))
      this.#endedBy ??= this.#whyItEnded()
    } finally {
      this.#stop.abort()
      this.#firstOpen.resolve()
      this.#ready.resolve('never')
      await Promise.all([ending, attending, this.#comparison, ...watches])
      await this.#closeBreaks()
      for (const period of this.#observations.sampling()) await this.#deliver(samplingEvent(period, this.#request.around.clock.now()))
      await this.#sinks.close(this.#endedBy ?? 'fault')
    }
    this.#throwWhatMustBeSaid()
    return this.#report()
  }

  #whyItEnded(): EndedBy {
    if (this.#request.around.signal.aborted) return 'interrupt'
    const { running } = this.#lines
    const allFailed = running.length > 0 && running.every(({ state }) => state === 'failed')
    return this.#sinks.failure !== undefined || this.#isHopeless() || allFailed ? 'fault' : 'end-of-input'
  }

  /** What is still broken was not measured up to now. */
  async #closeBreaks(): Promise<void> {
    const now = this.#request.around.clock.now()
    for (const [line, since] of this.#lines.openBreaks) await this.#deliver(gapOf(line, since, now))
  }

  /**
   * A sink that shows starts at once; one that keeps starts when there is something to keep, so that a run that never reached
   * anybody leaves no empty recording behind.
   */
  async #start(isMeant: (sink: Sink) => boolean): Promise<void> {
    await this.#sinks.start(isMeant, (sink) => this.#runFor(sink))
  }

  /** Who keeps is told how good our clock is; who shows need not wait for a time server. */
  async #runFor({ policy }: Sink): Promise<RunStart> {
    const { purpose, tool } = this.#request
    const { sensors, assets, site } = this.#sensors.current
    const clock = policy === 'wait' ? await this.#comparison : null
    return { startedAt: this.#startedAt, sensors, assets, site, purpose, tool, clock }
  }

  async #compareClock(): Promise<ClockComparison | null> {
    const { around, compareClock, sensors } = this.#request
    const comparison = sensors.some(isLive) ? ((await compareClock?.(this.#around.signal)) ?? null) : null
    if (comparison) await this.#deliver(comparisonEvent(comparison, around.clock.now()))
    return comparison
  }

  #watchClocks(): readonly Promise<void>[] {
    const deliver = (freight: Freight): Promise<void> => this.#deliver(freight)
    const { compareClock } = this.#request
    const live = (): readonly Sensor[] => this.#sensors.current.sensors.filter(isLive)
    const keys = (): readonly SensorKey[] => live().map(({ key }) => key)
    // What the clock does now is no part of what was recorded.
    if (live().length === 0) return []
    const reference = compareClock ? [watchReference(this.#around, compareClock, deliver)] : []
    return [watchClock(this.#around, deliver, keys), ...reference]
  }

  async #lineChanged({ state }: RunningLine): Promise<void> {
    this.#everOpened ||= state === 'open'
    if (this.#everOpened) this.#firstOpen.resolve()
    if (state === 'open') await this.#startAll()
    if ((this.#request.startUp ?? 'fail-if-none') === 'fail-if-none' && this.#isHopeless()) this.#stop.abort()
  }

  async #startAll(): Promise<void> {
    await this.#start(() => true)
    this.#ready.resolve(this.#sinks.failure === undefined ? 'ready' : 'never')
  }

  /** Every line has had its first attempt and none of them opened. */
  #isHopeless(): boolean {
    const { running } = this.#lines
    return !this.#everOpened && running.length > 0 && running.every(({ fault }) => fault !== null)
  }

  async #attend(): Promise<void> {
    const { attend, around } = this.#request
    const { signal } = this.#around
    const road: RunningRoad = {
      signal,
      ready: this.#ready.promise,
      status: () => this.#status(),
      traffic: (name) => this.#lines.running.find(({ line }) => line.name === name)?.traffic.read() ?? null,
      reconfigure: (wanted) => this.#reconfigure(wanted),
      tell: (happening) => this.#deliver(happening),
    }
    try {
      await attend?.(road)
    } catch (thrown) {
      around.log.warn(`nobody looks after the run any more: ${reasonOf(thrown)}`)
    }
  }

  async #reconfigure(wanted: Resolved): Promise<SensorChanges> {
    const { changes, sensors } = await this.#sensors.change(wanted)
    const lines = await linesOf(sensors)
    this.#observations.follow(sensors)
    await this.#lines.change(lines)
    return changes
  }

  async #deliver(given: Freight): Promise<void> {
    const freight = given.kind === 'gap' ? forwardGap(given) : given
    this.#produced += countOf(freight)
    if (freight.kind === 'gap') this.#gaps++
    const news = this.#observations.hear(freight)
    for (const one of [freight, ...news]) await this.#sinks.push(one)
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

  #throwWhatMustBeSaid(): void {
    if (this.#sinks.failure !== undefined) throw this.#sinks.failure as Error
    const first = this.#lines.running.find(({ fault }) => fault !== null)
    if (first?.fault && this.#isHopeless() && this.#endedBy === 'fault') throw locatedAt(first.fault, { line: first.line.name })
  }

  #report(): RoadReport {
    return {
      endedBy: this.#endedBy ?? 'fault',
      produced: this.#produced,
      gaps: this.#gaps,
      silent: this.#observations.silent(),
      sampling: this.#observations.sampling(),
      deviceOffsetsMs: this.#observations.deviceOffsetsMs(),
      sinks: this.#sinks.tallies(),
      lines: this.#lines.running.map(({ line: { name }, state, fault }) => ({ name, state, fault })),
    }
  }

  #status(): RoadStatus {
    const now = this.#around.clock.monotonicMs()
    return {
      startedAt: this.#startedAt,
      produced: this.#produced,
      gaps: this.#gaps,
      sensors: { total: this.#sensors.current.sensors.length, silent: this.#observations.silent().length, bad: this.#observations.bad() },
      lines: this.#lines.running.map(({ line: { name }, state, fault, sinceMs, traffic }) => {
        return { name, state, because: fault?.message ?? null, sinceMs: Math.round(now - sinceMs), traffic: traffic.read() }
      }),
      sinks: this.#sinks.tallies(),
    }
  }
}
