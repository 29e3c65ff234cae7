import type { Clock } from './clock.js'
import type { Happening } from './measurement.js'
import { type EpochMicros, formatMicros } from './time.js'

/** Recorded seconds per second; `max`: as fast as they are read. */
export type ReplaySpeed = number | 'max'

/** How a replay stands, as people are shown it. */
export interface ReplayFacts {
  readonly state: 'running' | 'paused' | 'at-the-end'
  readonly speed: ReplaySpeed
  /** Recorded time of what came last; null before the first. */
  readonly position: EpochMicros | null
  /** Of what is replayed; null while nobody has looked. */
  readonly span: { readonly from: EpochMicros; readonly to: EpochMicros } | null
}

/**
 * How a replay goes on. Whoever shows it holds one end and changes it while it lasts; the driver holds the other and asks when it is whose turn. At the
 * end of the recording it waits for somebody to go back.
 */
export class ReplayPace {
  readonly #clock: Clock
  #state: ReplayFacts['state'] = 'running'
  #speed: ReplaySpeed
  #position: EpochMicros | null = null
  #span: ReplayFacts['span'] = null
  #target: EpochMicros | null = null
  /** What was recorded until then comes at once: charts want a past, and whoever has paused wants to see what stood there. */
  #leadUntil: EpochMicros = Number.NEGATIVE_INFINITY
  /** This recorded moment had its turn at that moment of ours. */
  #anchor: { readonly at: EpochMicros; readonly ms: number } | null = null
  #changed = new AbortController()
  #landing: Happening | null = null

  constructor(clock: Clock, speed: ReplaySpeed) {
    this.#clock = clock
    this.#speed = speed
  }

  get facts(): ReplayFacts {
    return { state: this.#state, speed: this.#speed, position: this.#position, span: this.#span }
  }

  /** What comes behind it was recorded elsewhere: whoever keeps a picture begins it anew. */
  isLanding(freight: object): boolean {
    return freight === this.#landing
  }

  setSpeed(speed: ReplaySpeed): void {
    this.#moor()
    this.#speed = speed
    this.#change()
  }

  pause(): void {
    if (this.#state !== 'running') return
    this.#moor()
    this.#state = 'paused'
    this.#change()
  }

  resume(): void {
    if (this.#state !== 'paused') return
    this.#state = 'running'
    if (this.#anchor) this.#anchor = { at: this.#anchor.at, ms: this.#clock.monotonicMs() }
    this.#change()
  }

  /** One step of the ladder faster or slower. */
  step(by: 1 | -1): void {
    this.setSpeed(nextSpeed(this.#speed, by))
  }

  /** On or back from where it is, or is about to be. */
  seekBy(seconds: number): void {
    const position = this.#target ?? this.#position
    if (position !== null) this.seek(position + seconds * 1e6)
  }

  /** Goes to a recorded moment, as far as there is one. */
  seek(to: EpochMicros): void {
    const { from = to, to: end = to } = this.#span ?? {}
    this.#target = Math.max(from, Math.min(end, to))
    if (this.#state === 'at-the-end') this.#state = 'running'
    this.#change()
  }

  /** Of the driver: what there is to replay. */
  begin(span: NonNullable<ReplayFacts['span']>): void {
    this.#span = span
  }

  /** Of the driver: waits until it is the turn of a recorded moment. */
  async turn(at: EpochMicros, ended: AbortSignal): Promise<'go' | 'elsewhere'> {
    while (!ended.aborted) {
      if (this.#target !== null) return 'elsewhere'
      if (at <= this.#leadUntil) return 'go'
      this.#anchor ??= { at: Number.isFinite(this.#leadUntil) ? this.#leadUntil : at, ms: this.#clock.monotonicMs() }
      const waitMs = this.#waitMs(at)
      if (waitMs <= 0) break
      await this.#sleep(waitMs, ended)
    }
    this.#position = at
    return 'go'
  }

  /** Of the driver: where somebody wants to go, and what it says when it is there; null where nobody does. */
  takeTarget(): { readonly from: EpochMicros; readonly landing: Happening } | null {
    const target = this.#target
    if (target === null) return null
    const from = Math.max(this.#span?.from ?? target, target - LEAD_MICROS)
    this.#target = null
    this.#anchor = null
    this.#leadUntil = target
    this.#position = target
    const text = `replay goes on at ${formatMicros(target)}`
    const landing: Happening = { kind: 'event', at: from, event: 'recording', severity: 'note', text, sensors: [], isReplayed: true }
    this.#landing = landing
    return { from, landing }
  }

  /** Of the driver: nothing comes any more, unless somebody goes back. */
  async rest(ended: AbortSignal): Promise<void> {
    if (this.#target === null) this.#state = 'at-the-end'
    while (this.#target === null && !ended.aborted) await this.#sleep(LONG_MS, ended)
  }

  #waitMs(at: EpochMicros): number {
    if (this.#state === 'paused') return LONG_MS
    if (this.#speed === 'max' || !this.#anchor) return 0
    return this.#anchor.ms + (at - this.#anchor.at) / 1000 / this.#speed - this.#clock.monotonicMs()
  }

  async #sleep(ms: number, ended: AbortSignal): Promise<void> {
    await this.#clock.sleep(Math.min(ms, LONG_MS), AbortSignal.any([ended, this.#changed.signal]))
  }

  /** From here on at another pace. */
  #moor(): void {
    const ms = this.#clock.monotonicMs()
    if (!this.#anchor || this.#state === 'paused') return
    const { at, ms: since } = this.#anchor
    this.#anchor = { ms, at: this.#speed === 'max' ? (this.#position ?? at) : at + (ms - since) * 1000 * this.#speed }
  }

  #change(): void {
    this.#changed.abort()
    this.#changed = new AbortController()
  }
}

const SPEEDS: readonly ReplaySpeed[] = [0.1, 0.25, 0.5, 1, 2, 5, 10, 20, 50, 100, 'max']

/** The next step of the ladder, from wherever it is. */
function nextSpeed(speed: ReplaySpeed, by: 1 | -1): ReplaySpeed {
  const number = (one: ReplaySpeed): number => (one === 'max' ? Number.POSITIVE_INFINITY : one)
  const further = SPEEDS.filter((one) => (by > 0 ? number(one) > number(speed) : number(one) < number(speed)))
  return (by > 0 ? further[0] : further.at(-1)) ?? speed
}

const LONG_MS = 60_000
const LEAD_MICROS = 30e6
