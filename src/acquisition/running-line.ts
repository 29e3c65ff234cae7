import type { Surroundings } from '../drivers/contract.js'
import { TrafficCount } from '../drivers/line-traffic.js'
import type { Fault } from '../faults/fault.js'
import type { Freight } from '../readings/measurement.js'
import type { EpochMicros } from '../readings/time.js'
import { type Line, type LineState, type OpenBreak, type Reopening, runLine } from './line.js'

/** A driver that does not end within a second is left behind. */
const PATIENCE_MS = 2000
/** A connection that has nothing to hand on for so long has handed on all that it had. */
const IDLE_MS = 20
const LOOK_EVERY_MS = 5

interface RunningLineParts {
  readonly line: Line
  readonly around: Surroundings
  readonly deliver: (freight: Freight) => Promise<void>
  /** Told after each change; the line waits for it. */
  readonly onState: (running: RunningLine) => Promise<void>
  readonly reopening?: Reopening
}

/** A line that is being kept open, and how it is doing. */
export class RunningLine {
  readonly line: Line
  state: LineState = 'opening'
  /** What was last wrong with it; null again once it is open. */
  fault: Fault | null = null
  /** On the monotonic clock. */
  sinceMs: number
  /** What its driver asks; nothing where it only listens. */
  readonly traffic = new TrafficCount()
  /** A stretch without it that had not ended when it did. */
  openBreak: OpenBreak | undefined
  /** Resolves when it has ended, whatever the reason; never rejects. */
  readonly ended: Promise<void>
  /** Hears what it delivers. */
  listener: ((freight: Freight) => void) | undefined
  readonly #stop = new AbortController()
  readonly #around: Surroundings
  readonly #firstAttempt = Promise.withResolvers<'open' | 'failed'>()
  readonly #deliver: (freight: Freight) => Promise<void>
  #isDelivering = false
  #isLeftBehind = false
  #idleSinceMs = 0
  #latestReceivedAt: EpochMicros = 0

  constructor(parts: RunningLineParts) {
    const { line, around, onState, reopening } = parts
    this.line = line
    this.#around = { ...around, traffic: this.traffic, signal: AbortSignal.any([around.signal, this.#stop.signal]) }
    this.#deliver = parts.deliver
    this.sinceMs = around.clock.monotonicMs()
    const run = runLine({
      line,
      around: this.#around,
      deliver: (freight) => this.#handOn(freight),
      onState: async (state, fault) => {
        this.#enter(state, fault)
        await onState(this)
        this.#firstAttempt.resolve(state === 'open' ? 'open' : 'failed')
      },
      ...(reopening ? { reopening } : {}),
    })
    this.ended = run.then((since) => {
      this.openBreak = since
      this.#firstAttempt.resolve('failed')
    })
  }

  /** How the first attempt to open it went. */
  get firstAttempt(): Promise<'open' | 'failed'> {
    return this.#firstAttempt.promise
  }

  /** Waits until it has handed on what it received before `moment`, and a little longer at most. */
  async drained(moment: EpochMicros): Promise<void> {
    const { clock, signal } = this.#around
    const until = clock.monotonicMs() + PATIENCE_MS
    this.#idleSinceMs = clock.monotonicMs()
    while (!signal.aborted && clock.monotonicMs() < until && this.#latestReceivedAt < moment) {
      if (!this.#isDelivering && clock.monotonicMs() - this.#idleSinceMs >= IDLE_MS) return
      await clock.sleep(LOOK_EVERY_MS, signal)
    }
  }

  /** Ends it. What a driver says that does not end in time is no longer heard. */
  async stop(): Promise<void> {
    this.#stop.abort()
    const patience = new AbortController()
    await Promise.race([this.ended, this.#around.clock.sleep(PATIENCE_MS, patience.signal)])
    patience.abort()
    this.#isLeftBehind = true
  }

  #enter(state: LineState, fault: Fault | null): void {
    if (state !== this.state) this.sinceMs = this.#around.clock.monotonicMs()
    this.fault = fault ?? (state === 'open' ? null : this.fault)
    this.state = state
  }

  async #handOn(freight: Freight): Promise<void> {
    if (this.#isLeftBehind) return
    this.#isDelivering = true
    this.listener?.(freight)
    if (freight.kind === 'batch' || freight.kind === 'waveform') this.#latestReceivedAt = freight.receivedAt
    try {
      await this.#deliver(freight)
    } finally {
      this.#isDelivering = false
      this.#idleSinceMs = this.#around.clock.monotonicMs()
    }
  }
}
