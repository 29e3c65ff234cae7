import type { Log } from '../contract.js'
import type { LastQuestion, ModbusLine } from './exchange.js'
import type { HostPlace } from './host-memory.js'
import { abandonTrial, beginTrial, concludeTrial, type Trial } from './host-trials.js'
import { nameOfTarget } from './medium.js'

/** Only a line that is busy for this much of its period has anything to gain. */
const BUSY_SHARE = 0.2
const TRIAL_WINDOW = 2
/** Rounds whose mean decides whether a pace is worth it: a far end that stalls does not do so every time. */
const MEASURED_ROUNDS = 4
/** By so much another pace must be faster. */
const WORTHWHILE = 0.95
/** A last answer that is so long in coming may be waiting for our acknowledgement, which systems hold back for 40 ms and more. */
const STALL_MS = 25
/** … where it takes so many times as long as the others. */
const STALL_FACTOR = 3

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
  readonly #log: Log
  /** The pace that the next round is to try. */
  #wish: Pace | undefined
  #trial: Trial | undefined
  /** Time per request at the present pace, summed over its rounds. */
  #sumMs = 0
  #rounds = 0
  #stalls = 0
  #best = { pace: ONE_AT_A_TIME, perRequestMs: Number.POSITIVE_INFINITY }
  #isSettled = false

  constructor(line: ModbusLine, { place, log }: { readonly place: HostPlace; readonly log: Log }) {
    this.#line = line
    this.#place = place
    this.#log = log
    this.#isSettled = line.widestWindow < TRIAL_WINDOW
  }

  /** True in the round that shows what the host makes of something. */
  get isTrying(): boolean {
    return this.#trial !== undefined
  }

  /** Before a round of so many requests. */
  async prepare(requests: number): Promise<void> {
    const wish = this.#wish
    if (!wish || requests < TRIAL_WINDOW) return
    this.#wish = undefined
    const beginning = await beginTrial(this.#place, abilityOf(wish))
    if (beginning === 'leave-it') return this.#settle(this.#best.pace)
    if (beginning !== 'works') this.#trial = beginning
    this.#adopt(wish)
  }

  /** After a round in which all went well: ends a trial, or goes a step further. */
  async wentWell({ tookMs, periodMs, requests, lastGapMs }: RoundLoad): Promise<void> {
    if (this.#isSettled || this.#wish || requests < TRIAL_WINDOW) return
    if (this.#trial) {
      const { ability } = this.#trial
      this.#trial = undefined
      return await concludeTrial(this.#place, ability, { verdict: 'works', because: 'all answers of a round came right and in time' })
    }
    if (this.#line.window === 1 && tookMs < periodMs * BUSY_SHARE) return
    this.#sumMs += tookMs / requests
    if (lastGapMs > STALL_MS && lastGapMs * requests > tookMs * STALL_FACTOR) this.#stalls++
    if (++this.#rounds >= MEASURED_ROUNDS) this.#compare()
  }

  /** Anything went wrong while more than one question was out. */
  async wentWrong(because: string): Promise<void> {
    const ability = this.#line.lastQuestion === 'in-pieces' ? 'pieces' : 'several'
    this.#trial = undefined
    this.#wish = undefined
    this.#settle(ONE_AT_A_TIME)
    this.#log.note(`${nameOfTarget(this.#line.target)} is asked one question at a time from now on: ${because}`)
    await concludeTrial(this.#place, ability, { verdict: 'never', because })
  }

  /** We stop in good order: a round that was not ended says nothing of the host. */
  async abandon(): Promise<void> {
    if (this.#trial) await abandonTrial(this.#place, this.#trial)
    this.#trial = undefined
  }

  #compare(): void {
    const pace = { window: this.#line.window, lastQuestion: this.#line.lastQuestion ?? 'whole' }
    const perRequestMs = this.#sumMs / this.#rounds
    const isWorthwhile = perRequestMs < this.#best.perRequestMs * WORTHWHILE
    if (isWorthwhile) this.#best = { pace, perRequestMs }
    this.#wish = this.#next(pace, isWorthwhile ? 'worthwhile' : 'not-worthwhile')
    if (!this.#wish) this.#settle(this.#best.pace)
  }

  #next({ window, lastQuestion }: Pace, outcome: 'worthwhile' | 'not-worthwhile'): Pace | undefined {
    const wider = Math.min(this.#line.widestWindow, window * 2)
    if (outcome === 'worthwhile' && wider > window) return { window: wider, lastQuestion }
    if (lastQuestion === 'in-pieces' || this.#stalls * 2 < this.#rounds) return undefined
    return { window: Math.max(TRIAL_WINDOW, this.#best.pace.window), lastQuestion: 'in-pieces' }
  }

  #settle(pace: Pace): void {
    this.#adopt(pace)
    this.#isSettled = true
  }

  #adopt({ window, lastQuestion }: Pace): void {
    this.#line.window = window
    this.#line.lastQuestion = lastQuestion
    this.#rounds = 0
    this.#sumMs = 0
    this.#stalls = 0
  }
}

function abilityOf({ lastQuestion }: Pace): Trial['ability'] {
  return lastQuestion === 'in-pieces' ? 'pieces' : 'several'
}
