import { countOf, type Freight, type Happening } from '../readings/measurement.js'
import type { Sensor } from '../readings/sensor.js'
import type { Drop, EndedBy, Refusal, RunStart, Sink, Tally } from '../sinks/contract.js'

/** Freight items, not readings: a batch is one. */
const CAPACITY = 256
/** Items may be large: 256 blocks of a second at 51.2 kHz would be 50 MB for each channel. One that is larger goes through alone. */
const CAPACITY_BYTES = 16 * 1024 * 1024
const ITEM_BYTES = 200
const TEXT_BYTES = 48

/**
 * The bounded queue before one sink. A sink that waits makes the road wait; one that wants the latest loses the oldest, counted.
 * A sink that throws is closed and reported; what it had not taken counts as dropped.
 */
export class SinkLane {
  readonly sink: Sink
  readonly #queue: Freight[] = []
  #bytes = 0
  readonly #drops: Drop[] = []
  readonly #onFailure: (sink: Sink, cause: unknown) => void
  #pumping: Promise<void> | undefined
  #room: PromiseWithResolvers<void> | undefined
  #failed = false
  #starting: Promise<void> | undefined
  #isStarted = false

  constructor(sink: Sink, onFailure: (sink: Sink, cause: unknown) => void) {
    this.sink = sink
    this.#onFailure = onFailure
  }

  /** Starts the sink, once; what was pushed before waits for it. A sink that cannot start has failed. */
  async start(run: RunStart, tell?: (happening: Happening) => void): Promise<void> {
    this.#starting ??= this.sink.start(run, tell).then(
      () => {
        this.#isStarted = true
        if (this.#queue.length > 0) this.#pumping ??= this.#pump()
      },
      (cause: unknown) => this.#fail(cause),
    )
    await this.#starting
  }

  /** Tells a sink that has started of more sensors; one that starts later is told of all. */
  async extend(sensors: readonly Sensor[]): Promise<readonly Refusal[]> {
    await this.#starting
    if (!this.#isStarted || this.#failed) return []
    return (await this.sink.extend?.(sensors)) ?? []
  }

  /** Resolves when there is room for more. */
  async push(freight: Freight): Promise<void> {
    if (this.#failed) return this.#drop(freight, `${this.sink.name} has failed`)
    while (this.#isFullFor(freight) && this.sink.policy === 'wait' && this.#isStarted && !this.#failed) {
      this.#room ??= Promise.withResolvers<void>()
      await this.#room.promise
    }
    if (this.#failed) return this.#drop(freight, `${this.sink.name} has failed`)
    while (this.#isFullFor(freight) && this.#dropOldest() === 'dropped');
    this.#queue.push(freight)
    this.#bytes += bytesOf(freight)
    if (this.#isStarted) this.#pumping ??= this.#pump()
  }

  /** A sink that never started has nothing to close. One that hangs longer than its patience loses what waits, counted. */
  async close(endedBy: EndedBy): Promise<void> {
    await this.#starting
    if (!this.#isStarted) return
    const { patienceMs } = this.sink
    if (patienceMs === undefined) await this.#pumping
    else await Promise.race([this.#pumping, new Promise((resolve) => setTimeout(resolve, patienceMs).unref())])
    // The first is in the sink's hands: closing makes it say what became of it.
    for (const freight of this.#takeOut(1)) this.#drop(freight, `${this.sink.name} hangs`)
    await this.sink.close(endedBy)
    await Promise.resolve()
    for (const freight of this.#takeOut(0)) this.#drop(freight, `${this.sink.name} hangs`)
  }

  /** The sink's own tally and what this lane holds or dropped. */
  tally(): Tally {
    const own = this.sink.tally()
    const waiting = this.#queue.reduce((sum, freight) => sum + countOf(freight), 0)
    return {
      ...own,
      stored: own.stored,
      buffered: own.buffered + waiting,
      dropped: own.dropped + this.#drops.reduce((sum, drop) => sum + drop.count, 0),
      drops: [...own.drops, ...this.#drops],
    }
  }

  async #pump(): Promise<void> {
    // Lets the caller's synchronous run finish first, so that `#pumping` is set before it can be cleared.
    await Promise.resolve()
    for (let freight = this.#queue[0]; freight !== undefined; freight = this.#queue[0]) {
      try {
        await this.sink.take(freight)
        if (this.#queue[0] === freight) this.#takeOut(0, 1)
      } catch (cause) {
        this.#fail(cause)
      }
      this.#room?.resolve()
      this.#room = undefined
    }
    this.#pumping = undefined
  }

  #fail(cause: unknown): void {
    this.#failed = true
    for (const freight of this.#takeOut(0)) this.#drop(freight, `${this.sink.name} has failed`)
    this.#room?.resolve()
    this.#onFailure(this.sink, cause)
  }

  #isFullFor(freight: Freight): boolean {
    return this.#queue.length >= CAPACITY || (this.#queue.length > 0 && this.#bytes + bytesOf(freight) > CAPACITY_BYTES)
  }

  #takeOut(from: number, count = this.#queue.length): readonly Freight[] {
    const out = this.#queue.splice(from, count)
    for (const freight of out) this.#bytes -= bytesOf(freight)
    return out
  }

  /** The first is in the sink's hands. */
  #dropOldest(): 'dropped' | 'nothing' {
    const [oldest] = this.#queue.length > 1 ? this.#takeOut(1, 1) : []
    if (oldest === undefined) return 'nothing'
    this.#drop(oldest, `${this.sink.name} lags`)
    return 'dropped'
  }

  #drop(freight: Freight, cause: string): void {
    const count = countOf(freight)
    if (count === 0) return
    const { from, to } = spanOf(freight)
    const last = this.#drops.at(-1)
    if (last?.cause === cause)
      this.#drops[this.#drops.length - 1] = { cause, count: last.count + count, from: Math.min(last.from, from), to: Math.max(last.to, to) }
    else this.#drops.push({ cause, count, from, to })
  }
}

/** About what it takes in memory. */
function bytesOf(freight: Freight): number {
  switch (freight.kind) {
    case 'batch': {
      const { sensor, measuredAt, value, quality, texts = [] } = freight
      const columns = sensor.byteLength + measuredAt.byteLength + value.byteLength + quality.byteLength
      return ITEM_BYTES + columns + texts.reduce((sum, text) => sum + TEXT_BYTES + 2 * (text?.length ?? 0), 0)
    }
    case 'waveform':
      return ITEM_BYTES + freight.samples.byteLength
    case 'event':
      return ITEM_BYTES + 2 * freight.text.length
    case 'gap':
      return ITEM_BYTES + 2 * freight.cause.length
  }
}

function spanOf(freight: Freight): { readonly from: number; readonly to: number } {
  switch (freight.kind) {
    case 'batch':
      return { from: freight.measuredAt[0] ?? freight.receivedAt, to: freight.measuredAt.at(-1) ?? freight.receivedAt }
    case 'waveform':
      return { from: freight.startedAt, to: freight.startedAt + (freight.samples.length / freight.sampleRateHz) * 1e6 }
    case 'gap':
      return { from: freight.from, to: freight.to }
    case 'event':
      return { from: freight.at, to: freight.at }
  }
}
