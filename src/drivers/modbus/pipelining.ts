import type { Clock } from '../../readings/clock.js'
import type { Log } from '../contract.js'
import type { LastQuestion, ModbusLine } from './exchange.js'
import type { HostPlace } from './host-memory.js'
import { abandonTrial, beginTrial, concludeTrial, type Trial } from './host-trials.js'
import { nameOfTarget } from './medium.js'

/** Only a line that is busy for this much of its period has anything to gain. */
const BUSY_SHARE = 0.2
const TRIAL_WINDOW = 2
/** Two paces take turns for so many rounds each, more where rounds are short, and the middle of each decides: whatever else the machine does falls on both. */
const FEWEST_ROUNDS = 4
const MOST_ROUNDS = 24
const MEASURED_MS = 300
/** By so much another pace must be faster. */
const WORTHWHILE = 0.95
/** One that is slower by so much shows that still more questions at a time are of no use. */
const HOPELESS = 1.5
/** A last answer that is so long in coming may be waiting for our acknowledgement, which systems hold back for 40 ms and more. */
const STALL_MS = 25
/** … where it takes so many times as long as the others. */
const STALL_FACTOR = 3
/** … and where that is so in this share of rounds; systems acknowledge at once now and then. */
const STALL_SHARE = 0.25
/** A pace is called into question again after so long, then after twice as long, and so on. */
const FIRST_REST_MS = 60_000
const LONGEST_REST_MS = 3_600_000

export interface RoundLoad {
  readonly tookMs: number
  readonly periodMs: number
  /** How many requests could go out at the same time. */
  readonly requests: number
  /** From the last answer but one to the last. */
  readonly lastGapMs: number
}

interface Pace {
  readonly window: number
  readonly lastQuestion: LastQuestion
}

const ONE_AT_A_TIME: Pace = { window: 1, lastQuestion: 'whole' }

/**
 * Whether a host is asked a second question before the first is answered. What a host may not bear is tried once, in one round of a line that is busy,
 * and must come back right and in time. The first sign of trouble ends it for this host for ever, over restarts too. Then what is faster
 * is found by measuring: one at a time, two, four, eight; and where the last answer of a round stalls, with the last question in pieces.
 */
export class Pipelining {
  readonly #line: ModbusLine
  readonly #place: HostPlace
  readonly #clock: Clock
  readonly #log: Log
  /** The pace that the next round is to try. */
  #wish: Pace | undefined
  #trial: Trial | undefined
  #best = ONE_AT_A_TIME
  /** What is measured against the best. */
  #candidate: Pace | undefined
  /** Time per request, a round each. */
  #times = { best: [] as number[], candidate: [] as number[] }
  #measuredMs = 0
  /** Rounds of the candidate that stalled, and busy rounds while nothing was measured. */
  #stalls = 0
  #busyRounds = 0
  #mayTryPieces = true
  /** On the monotonic clock: until when the pace stands. */
  #restUntilMs = 0
  #restMs = FIRST_REST_MS

  constructor(line: ModbusLine, { place, clock, log }: { readonly place: HostPlace; readonly clock: Clock; readonly log: Log }) {
    this.#line = line
    this.#place = place
    this.#clock = clock
    this.#log = log
    if (line.widestWindow < TRIAL_WINDOW) this.#restUntilMs = Number.POSITIVE_INFINITY
  }

  /** True in the round that shows what the host makes of something. */
  get isTrying(): boolean {
    return this.#trial !== undefined
  }

  /** Before a round of so many requests. */
  async prepare(requests: number): Promise<void> {
    if (requests < TRIAL_WINDOW) return
    if (!this.#wish) return this.#takeTurns()
    const wish = this.#wish
    this.#wish = undefined
    const beginning = await beginTrial(this.#place, abilityOf(wish))
    if (beginning === 'leave-it') return this.#goWithout(wish)
    if (beginning !== 'works') this.#trial = beginning
    this.#candidate = wish
    this.#times = { best: [], candidate: [] }
    this.#measuredMs = 0
    this.#stalls = 0
    this.#adopt(wish)
  }

  /** After a round in which all went well: ends a trial, or goes a step further. */
  async wentWell({ tookMs, periodMs, requests, lastGapMs }: RoundLoad): Promise<void> {
    if (this.#wish || requests < TRIAL_WINDOW || this.#clock.monotonicMs() < this.#restUntilMs) return
    if (this.#trial) {
      const { ability } = this.#trial
      this.#trial = undefined
      return await concludeTrial(this.#place, ability, { verdict: 'works', because: 'all answers of a round came right and in time' })
    }
    if (!this.#candidate) {
      if (tookMs < periodMs * BUSY_SHARE || ++this.#busyRounds < FEWEST_ROUNDS) return
      return this.#widen(this.#best)
    }
    const { best, candidate } = this.#times
    if (isSame(this.#pace, this.#candidate)) {
      candidate.push(tookMs / requests)
      if (lastGapMs > STALL_MS && lastGapMs * requests > tookMs * STALL_FACTOR) this.#stalls++
    } else best.push(tookMs / requests)
    this.#measuredMs += tookMs
    const rounds = Math.min(best.length, candidate.length)
    if (rounds >= FEWEST_ROUNDS && (rounds >= MOST_ROUNDS || this.#measuredMs >= MEASURED_MS)) this.#compare(this.#candidate)
  }

  /** Anything went wrong while more than one question was out. */
  async wentWrong(because: string): Promise<void> {
    const ability = this.#line.lastQuestion === 'in-pieces' ? 'pieces' : 'several'
    this.#trial = undefined
    this.#wish = undefined
    this.#candidate = undefined
    this.#best = ONE_AT_A_TIME
    this.#adopt(this.#best)
    this.#restUntilMs = Number.POSITIVE_INFINITY
    this.#log.note(`${nameOfTarget(this.#line.target)} is asked one question at a time from now on: ${because}`)
    await concludeTrial(this.#place, ability, { verdict: 'never', because })
  }

  /** We stop in good order: a round that was not ended says nothing of the host. */
  async abandon(): Promise<void> {
    if (this.#trial) await abandonTrial(this.#place, this.#trial)
    this.#trial = undefined
  }

  get #pace(): Pace {
    return { window: this.#line.window, lastQuestion: this.#line.lastQuestion ?? 'whole' }
  }

  #takeTurns(): void {
    if (!this.#candidate || this.#trial) return
    this.#adopt(this.#times.best.length < this.#times.candidate.length ? this.#best : this.#candidate)
  }

  #compare(candidate: Pace): void {
    const ratio = median(this.#times.candidate) / median(this.#times.best)
    if (ratio < WORTHWHILE) this.#best = candidate
    const isStalling = this.#stalls >= this.#times.candidate.length * STALL_SHARE
    if (isStalling && this.#mayTryPieces && candidate.lastQuestion === 'whole') this.#wish = { ...candidate, lastQuestion: 'in-pieces' }
    else if (ratio > HOPELESS) this.#rest()
    else this.#widen(candidate)
  }

  #widen(pace: Pace): void {
    const window = Math.min(this.#line.widestWindow, pace.window * 2)
    if (window > pace.window) this.#wish = { ...pace, window }
    else this.#rest()
  }

  /** The host does not bear what was wished for, or nobody knows whether it does. */
  #goWithout({ window, lastQuestion }: Pace): void {
    if (lastQuestion === 'in-pieces') this.#mayTryPieces = false
    if (lastQuestion === 'in-pieces' && this.#best.window === window) this.#widen(this.#best)
    else this.#rest()
  }

  /** The best pace stands for a while; then it is looked further from there, as what was measured may have been chance. */
  #rest(): void {
    this.#candidate = undefined
    this.#busyRounds = 0
    this.#adopt(this.#best)
    this.#restUntilMs = this.#clock.monotonicMs() + this.#restMs
    this.#restMs = Math.min(LONGEST_REST_MS, this.#restMs * 2)
  }

  #adopt({ window, lastQuestion }: Pace): void {
    this.#line.window = window
    this.#line.lastQuestion = lastQuestion
  }
}

function isSame(a: Pace, b: Pace): boolean {
  return a.window === b.window && a.lastQuestion === b.lastQuestion
}

function median(values: readonly number[]): number {
  return values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)] ?? Number.POSITIVE_INFINITY
}

function abilityOf({ lastQuestion }: Pace): Trial['ability'] {
  return lastQuestion === 'in-pieces' ? 'pieces' : 'several'
}
