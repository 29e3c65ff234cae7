import { batchOf, readingsOf } from '../readings/batch.js'
import type { Clock } from '../readings/clock.js'
import type { Batch, Freight, SensorKey, Waveform } from '../readings/measurement.js'
import { QUALITY } from '../readings/quality.js'
import type { EpochMicros } from '../readings/time.js'

/** What was pushed to both connections and bears the time of receipt may reach us at moments that far apart. */
const SAME_MESSAGE_MICROS = 500_000
/** The old connection has ended so long ago that nothing of what comes can be what it gave. */
const AFTERMATH_MS = 1000
/** What is remembered of the old connection, in readings; it hands over within seconds. */
const MOST_REMEMBERED = 200_000
/** Items of the new connection that wait for the old one's end; beyond it the new one waits. */
const MOST_HELD = 10_000

interface Given {
  readonly at: EpochMicros
  readonly value: number
  readonly text: string | null
  /** Stands for one reading of the new connection, not for all that look like it. */
  isSpent: boolean
}

interface OverlapParts {
  /** Sensors of the old connection. */
  readonly keys: readonly SensorKey[]
  /** When the latest reading of a sensor was measured, before both connections were there. */
  readonly latest: (key: SensorKey) => EpochMicros | undefined
  readonly clock: Clock
  readonly deliver: (freight: Freight) => Promise<void>
}

/**
 * Two connections to the same sensors for as long as it takes to hand over. What the new one gives is held back until the old one has
 * ended; then that goes on which the old one had not given: by sensor and measured time, or, where the time is that of receipt, by value.
 */
export class Overlap {
  readonly #parts: OverlapParts
  readonly #keys: ReadonlySet<SensorKey>
  readonly #given = new Map<SensorKey, Given[]>()
  /** When the latest that the old one gave was measured. */
  readonly #latest = new Map<SensorKey, EpochMicros>()
  readonly #from: EpochMicros
  readonly #held: Freight[] = []
  readonly #released = Promise.withResolvers<void>()
  #remembered = 0
  #endsAtMs: number | undefined

  constructor(parts: OverlapParts) {
    this.#parts = parts
    this.#from = parts.clock.now()
    this.#keys = new Set(parts.keys)
    for (const key of parts.keys) {
      const at = parts.latest(key)
      if (at !== undefined) this.#given.set(key, [{ at, value: Number.NaN, text: null, isSpent: true }])
    }
  }

  /** Something that the old connection gave. */
  hear(freight: Freight): void {
    if (freight.kind === 'waveform') this.#remember(freight.sensor, givenOf(freight))
    if (freight.kind !== 'batch') return
    for (const { sensor, measuredAt: at, value, text } of readingsOf(freight)) this.#remember(sensor, { at, value, text, isSpent: false })
  }

  /** Something that the new connection gives. */
  async take(freight: Freight): Promise<void> {
    if (this.#endsAtMs !== undefined) return await this.#passOn(freight)
    this.#held.push(freight)
    if (this.#held.length >= MOST_HELD) await this.#released.promise
  }

  /** The old connection has ended. */
  async release(): Promise<void> {
    this.#endsAtMs = this.#parts.clock.monotonicMs() + AFTERMATH_MS
    for (let freight = this.#held.shift(); freight !== undefined; freight = this.#held.shift()) await this.#passOn(freight)
    this.#released.resolve()
  }

  async #passOn(freight: Freight): Promise<void> {
    const isOver = this.#parts.clock.monotonicMs() > (this.#endsAtMs ?? Number.POSITIVE_INFINITY) && this.#held.length === 0
    if (isOver) this.#given.clear()
    const rest = this.#given.size === 0 ? freight : this.#withoutGiven(freight)
    if (rest !== undefined) await this.#parts.deliver(rest)
  }

  #withoutGiven(freight: Freight): Freight | undefined {
    if (freight.kind === 'waveform') return this.#wasGiven(freight.sensor, givenOf(freight), freight.receivedAt) ? undefined : freight
    return freight.kind === 'batch' ? this.#withoutRows(freight) : freight
  }

  #withoutRows(batch: Batch): Batch | undefined {
    const rows = [...readingsOf(batch)].filter(({ sensor, measuredAt: at, receivedAt, value, quality, text }) => {
      const isKeptByFarEnd = quality === QUALITY.stale && at === receivedAt && this.#keys.has(sensor)
      return !isKeptByFarEnd && !this.#wasGiven(sensor, { at, value, text, isSpent: false }, receivedAt)
    })
    if (rows.length === batch.value.length) return batch
    if (rows.length === 0) return undefined
    const numbers = new Map(batch.sensors.map((key, number) => [key, number]))
    return batchOf(
      batch.sensors,
      batch.receivedAt,
      rows.map(({ sensor, ...row }) => ({ ...row, sensor: numbers.get(sensor) ?? 0 })),
    )
  }

  #wasGiven(key: SensorKey, { at, value, text }: Given, receivedAt: EpochMicros): boolean {
    const given = this.#given.get(key)
    if (given === undefined) return false
    if (given.some((one) => one.at === at)) return true
    // Asked for by both in turns: the old one has given a later one already, and time goes on.
    if (at >= this.#from && at !== receivedAt && at < (this.#latest.get(key) ?? 0)) return true
    if (at !== receivedAt) return false
    const same = given.find(
      (one) => !one.isSpent && Object.is(one.value, value) && one.text === text && Math.abs(one.at - at) <= SAME_MESSAGE_MICROS,
    )
    if (same) same.isSpent = true
    return same !== undefined
  }

  #remember(key: SensorKey, given: Given): void {
    this.#latest.set(key, Math.max(given.at, this.#latest.get(key) ?? 0))
    if (++this.#remembered > MOST_REMEMBERED) return
    const known = this.#given.get(key)
    if (known) known.push(given)
    else this.#given.set(key, [given])
  }
}

/** A block by its first sample, beside its time. */
function givenOf({ startedAt, samples }: Waveform): Given {
  return { at: startedAt, value: samples[0] ?? Number.NaN, text: null, isSpent: false }
}
