import type { Log } from '../contract.js'
import type { ModbusLine } from './exchange.js'
import { type Pipelining as Known, recallPipelining, rememberPipelining } from './host-memory.js'

/** Only a line that is busy for this much of its period has anything to gain. */
const BUSY_SHARE = 0.2
const TRIAL_WINDOW = 2
/** Rounds whose mean decides whether a window is worth it: a far end that stalls does not do so every time. */
const MEASURED_ROUNDS = 4
/** By so much a wider window must be faster. */
const WORTHWHILE = 0.95

export interface RoundLoad {
  readonly tookMs: number
  readonly periodMs: number
  /** How many requests could go out at the same time. */
  readonly requests: number
}

/**
 * Whether a host may be asked a second question before the first is answered. It is tried once, with two questions in one segment, and only on a
 * line that is busy; both must come back right and in time. The first sign of trouble ends it for this host for ever, over restarts too: the
 * verdict is kept in a file, and where that cannot be written nothing is tried. A window is widened only for as long as that makes rounds shorter:
 * a host with Nagle's algorithm holds its second answer back until we acknowledge the first, some 40 ms.
 */
export class Pipelining {
  readonly #line: ModbusLine
  readonly #stateFolder: string
  readonly #log: Log
  #verdict: Known | 'unasked' = 'unasked'
  /** Time per request at the present window, summed over its rounds. */
  #sumMs = 0
  #rounds = 0
  #best = { window: 1, perRequestMs: Number.POSITIVE_INFINITY }
  #isSettled = false

  constructor(line: ModbusLine, around: { readonly stateFolder: string; readonly log: Log }) {
    this.#line = line
    this.#stateFolder = around.stateFolder
    this.#log = around.log
  }

  /** True while two questions are out to see what becomes of them. */
  get isTrying(): boolean {
    return this.#verdict === 'trying'
  }

  /** After a round in which all went well: tries, or goes a step further. */
  async wentWell({ tookMs, periodMs, requests }: RoundLoad): Promise<void> {
    if (this.#isSettled || this.#line.widestWindow < TRIAL_WINDOW || requests < TRIAL_WINDOW) return
    if (this.#verdict === 'trying') {
      await this.#conclude('works', 'two questions in one segment were answered right and in time')
      return
    }
    if (this.#line.window === 1 && tookMs < periodMs * BUSY_SHARE) return
    this.#sumMs += tookMs / requests
    if (++this.#rounds >= MEASURED_ROUNDS) await this.#compare()
  }

  /** Anything went wrong while more than one question was out. */
  async wentWrong(because: string): Promise<void> {
    this.#settle(1)
    this.#log.note(`${this.#line.target.host}:${this.#line.target.port} is asked one question at a time from now on: ${because}`)
    await this.#conclude('never', because)
  }

  async #compare(): Promise<void> {
    const { window, widestWindow } = this.#line
    const perRequestMs = this.#sumMs / this.#rounds
    const isWorthwhile = perRequestMs < this.#best.perRequestMs * WORTHWHILE
    if (!isWorthwhile) return this.#settle(this.#best.window)
    this.#best = { window, perRequestMs }
    this.#rounds = 0
    this.#sumMs = 0
    if (window === 1) return await this.#begin()
    if (window >= widestWindow) return this.#settle(window)
    this.#line.window = Math.min(widestWindow, window * 2)
  }

  #settle(window: number): void {
    this.#line.window = window
    this.#isSettled = true
  }

  async #begin(): Promise<void> {
    const known = await recallPipelining(this.#stateFolder, this.#line.target)
    if (known === 'trying' || known === 'never') return this.#settle(1)
    const place = await rememberPipelining(this.#stateFolder, this.#line.target, { verdict: 'trying', because: 'it was never ended' })
    if (place === 'no-place') return this.#settle(1)
    this.#verdict = 'trying'
    this.#line.window = TRIAL_WINDOW
  }

  async #conclude(verdict: 'works' | 'never', because: string): Promise<void> {
    this.#verdict = verdict
    await rememberPipelining(this.#stateFolder, this.#line.target, { verdict, because })
  }
}
