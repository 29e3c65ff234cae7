import { DeviceLimits } from './device-limits.js'
import { type HostPlace, isFresh, recallHost, rememberOfHost } from './host-memory.js'
import { RequestCosts } from './request-costs.js'

/** What was learnt longer ago is learnt anew: another device may stand there, or the same one with other settings. */
const LESSON_HOURS = 7 * 24
/** While a line is open its lessons are written down no more often. */
const WRITE_EVERY_MS = 60_000

/** What a line has learnt of its devices that outlives the connection. */
export class LineLessons {
  readonly limits: DeviceLimits
  readonly costs: RequestCosts
  readonly #place: HostPlace
  #written: string
  #writtenAtMs = Number.NEGATIVE_INFINITY

  private constructor(place: HostPlace, learnt: Pick<LineLessons, 'limits' | 'costs'>) {
    this.#place = place
    this.limits = learnt.limits
    this.costs = learnt.costs
    this.#written = this.#state
  }

  /** @param assumedWords  what a request is taken to cost where nothing is remembered. */
  static async recall(place: HostPlace, assumedWords: number): Promise<LineLessons> {
    const { price, tables } = await recallHost(place)
    const words = price && isFresh(price, LESSON_HOURS, place.clock) ? price.words : assumedWords
    const limits = new DeviceLimits(tables.filter((note) => isFresh(note, LESSON_HOURS, place.clock)))
    return new LineLessons(place, { limits, costs: new RequestCosts(words) })
  }

  /** Between polls: writes down what was learnt, now and then. */
  async keep(nowMs: number): Promise<void> {
    if (this.#written === this.#state || nowMs - this.#writtenAtMs < WRITE_EVERY_MS) return
    this.#writtenAtMs = nowMs
    await this.write()
  }

  /** At the end. A line goes on, and ends, though nothing can be written. */
  async write(): Promise<void> {
    if (this.#written === this.#state) return
    this.#written = this.#state
    const { limits, costs } = this
    const at = this.#place.clock.now()
    await rememberOfHost(this.#place, (known) => ({
      tables: [...limits.notes(at), ...known.tables.filter((note) => !limits.knows(note))],
      ...(costs.isMeasured && { price: { words: costs.wordsPerRequest, at } }),
    }))
  }

  get #state(): string {
    return `${this.limits.lessons} ${this.costs.isMeasured ? this.costs.wordsPerRequest : 0}`
  }
}
