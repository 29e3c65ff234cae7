import type { Log } from '../contract.js'
import type { ModbusLine } from './exchange.js'
import { type Pipelining as Known, recallPipelining, rememberPipelining } from './host-memory.js'

/** Only a line that is busy for this much of its period has anything to gain. */
const BUSY_SHARE = 0.2
const TRIAL_WINDOW = 2

export interface RoundLoad {
  readonly tookMs: number
  readonly periodMs: number
  /** How many requests could go out at the same time. */
  readonly requests: number
}

/**
 * Whether a host may be asked a second question before the first is answered. It is tried once, with two questions in one segment, and only on a
 * line that is busy; both must come back right and in time. The first sign of trouble ends it for this host for ever, over restarts too: the
 * verdict is kept in a file, and where that cannot be written nothing is tried.
 */
export class Pipelining {
  readonly #line: ModbusLine
  readonly #stateFolder: string
  readonly #log: Log
  #verdict: Known | 'unasked' = 'unasked'

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
  async wentWell(load: RoundLoad): Promise<void> {
    const { widestWindow } = this.#line
    if (widestWindow < TRIAL_WINDOW || this.#verdict === 'never') return
    if (this.#verdict === 'trying') await this.#conclude('works', 'two questions in one segment were answered right and in time')
    else if (this.#verdict === 'works') this.#line.window = Math.min(widestWindow, Math.max(TRIAL_WINDOW, this.#line.window * 2))
    else if (load.requests >= TRIAL_WINDOW && load.tookMs > load.periodMs * BUSY_SHARE) await this.#begin()
  }

  /** Anything went wrong while more than one question was out. */
  async wentWrong(because: string): Promise<void> {
    this.#line.window = 1
    this.#log.note(`${this.#line.target.host}:${this.#line.target.port} is asked one question at a time from now on: ${because}`)
    await this.#conclude('never', because)
  }

  async #begin(): Promise<void> {
    if (this.#verdict === 'unasked') {
      const known = await recallPipelining(this.#stateFolder, this.#line.target)
      this.#verdict = known === 'trying' ? 'never' : known
      if (this.#verdict === 'never') return
    }
    const place = await rememberPipelining(this.#stateFolder, this.#line.target, { verdict: 'trying', because: 'it was never ended' })
    this.#verdict = place === 'remembered' ? 'trying' : 'never'
    if (this.#verdict === 'trying') this.#line.window = TRIAL_WINDOW
  }

  async #conclude(verdict: 'works' | 'never', because: string): Promise<void> {
    this.#verdict = verdict
    await rememberPipelining(this.#stateFolder, this.#line.target, { verdict, because })
  }
}
