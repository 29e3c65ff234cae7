/** First and longest pause before a unit that stays silent is asked again. */
const FIRST_PAUSE_MS = 100
const LONGEST_PAUSE_MS = 30_000
/** What a unit is given at least, on a line where others answer at once. */
const SHORTEST_PATIENCE_MS = 50
/** How much slower than the slowest answer so far the next one may be. */
const PATIENCE_FACTOR = 5
/** One slow answer is forgotten over some hundreds. */
const FORGETTING = 0.99
/** How long the line waits for its very first answer before others are asked. */
const FIRST_PATIENCE_MS = 200

interface Health {
  silences: number
  /** On the monotonic clock. */
  asleepUntilMs: number
}

/**
 * Keeps a mute unit from holding up the others of its line: after each silence it is left alone for twice as long (0.1 s to 30 s), and then given
 * only as long as the slowest answer on the line suggests. An answer that comes late, yet within the asked time-out, gives it its full time back.
 */
export class UnitHealth {
  readonly #timeoutMs: number
  readonly #units = new Map<number, Health>()
  readonly #well = new Set<number>()
  #slowestMs = 0

  constructor(timeoutMs: number) {
    this.#timeoutMs = timeoutMs
  }

  /** True where its last question was answered. */
  isWell(unit: number): boolean {
    return this.#well.has(unit)
  }

  /** True where its last question was not answered; of a unit that was never asked nothing bad is known. */
  isSuspect(unit: number): boolean {
    return this.#units.has(unit)
  }

  isAsleep(unit: number, nowMs: number): boolean {
    return (this.#units.get(unit)?.asleepUntilMs ?? 0) > nowMs
  }

  /** How long this unit's next answer may take, in ms. */
  timeoutMs(unit: number): number {
    const silences = this.#units.get(unit)?.silences ?? 0
    if (silences === 0 || this.#slowestMs === 0) return this.#timeoutMs
    return this.patienceMs
  }

  /** How long the line waits for an answer before others are asked, learnt from all that answer. */
  get patienceMs(): number {
    const patience = this.#slowestMs === 0 ? FIRST_PATIENCE_MS : Math.max(SHORTEST_PATIENCE_MS, this.#slowestMs * PATIENCE_FACTOR)
    return Math.min(this.#timeoutMs, patience)
  }

  answered(unit: number, tookMs: number): void {
    this.#slowestMs = Math.max(this.#slowestMs * FORGETTING, tookMs)
    this.#units.delete(unit)
    this.#well.add(unit)
  }

  answeredLate(unit: number, tookMs: number): void {
    if (tookMs <= this.#timeoutMs) this.answered(unit, tookMs)
  }

  /** @returns how often in a row it has been silent now. */
  wasSilent(unit: number, nowMs: number): number {
    const silences = (this.#units.get(unit)?.silences ?? 0) + 1
    this.#units.set(unit, { silences, asleepUntilMs: nowMs + Math.min(LONGEST_PAUSE_MS, FIRST_PAUSE_MS * 2 ** (silences - 1)) })
    this.#well.delete(unit)
    return silences
  }

  /** True where some unit answers and this can be told from a dead line. */
  get hasHeardSomeone(): boolean {
    return this.#slowestMs > 0
  }
}
