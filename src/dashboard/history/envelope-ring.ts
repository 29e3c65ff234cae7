/** How good the readings of a step were, the worst of them. */
export const GRADES = ['nothing', 'good', 'uncertain', 'bad'] as const
export type Grade = (typeof GRADES)[number]
const CODES: Readonly<Record<Grade, number>> = { nothing: 0, good: 1, uncertain: 2, bad: 3 }

/** Floats a step: what is written together lies together, as a plant of a thousand sensors does not fit the cache. */
const [LOW, HIGH, MEAN, WORST, WIDTH] = [0, 1, 2, 3, 4] as const

/**
 * The past of one sensor on a fixed time grid: lowest, highest and mean value per step, and how good its readings were. Steps without a value hold
 * NaN and are drawn as gaps. Slots count steps since the epoch. Memory is fixed at birth: 16 bytes a step.
 */
export class EnvelopeRing {
  readonly stepMs: number
  /** Steps that are kept. */
  readonly capacity: number
  /** Shape (capacity × WIDTH,). */
  private readonly cells: Float32Array
  private newest = Number.NaN
  private first = Number.NaN
  private newestCount = 0
  /** Float32 holds differences from the first value, so that large counters keep their small steps. */
  private origin = Number.NaN

  constructor(stepMs: number, capacity: number) {
    this.stepMs = stepMs
    this.capacity = capacity
    this.cells = new Float32Array(capacity * WIDTH)
  }

  /** The last slot that anything is known of; NaN while there is none. */
  get newestSlot(): number {
    return this.newest
  }

  /** The first slot that is still kept and not before the first reading; NaN while there is none. */
  get oldestSlot(): number {
    return Math.max(this.first, this.newest - this.capacity + 1)
  }

  /** The slot that a time in ms since the epoch falls into. */
  slotOf(atMs: number): number {
    return Math.floor(atMs / this.stepMs)
  }

  /** Takes a reading at a time in ms since the epoch: its value, NaN where there is none. What is from before the kept past is ignored. */
  push(atMs: number, value: number, grade: Grade): void {
    const slot = this.slotOf(atMs)
    if (slot !== this.newest && !this.reach(slot)) return
    const { cells } = this
    const at = (slot % this.capacity) * WIDTH
    const code = CODES[grade]
    if (code > (cells[at + WORST] ?? 0)) cells[at + WORST] = code
    if (!Number.isFinite(value)) return
    if (Number.isNaN(this.origin)) this.origin = value
    const relative = value - this.origin
    const low = cells[at + LOW] ?? Number.NaN
    if (Number.isNaN(low)) {
      cells[at + LOW] = relative
      cells[at + HIGH] = relative
      cells[at + MEAN] = relative
      if (slot === this.newest) this.newestCount = 1
      return
    }
    if (relative < low) cells[at + LOW] = relative
    if (relative > (cells[at + HIGH] ?? relative)) cells[at + HIGH] = relative
    const count = slot === this.newest ? ++this.newestCount : 2
    const mean = cells[at + MEAN] ?? relative
    cells[at + MEAN] = mean + (relative - mean) / count
  }

  /** Nothing was measured from … to (ms since the epoch): every step in between is as bad as it gets. */
  lose(fromMs: number, toMs: number): void {
    const last = this.slotOf(toMs)
    if (!this.reach(last)) return
    const from = Math.max(this.slotOf(fromMs), last - this.capacity + 1, this.oldestSlot)
    for (let slot = from; slot <= last; slot++) this.cells[(slot % this.capacity) * WIDTH + WORST] = CODES.bad
  }

  low(slot: number): number {
    return this.origin + this.read(slot, LOW)
  }

  high(slot: number): number {
    return this.origin + this.read(slot, HIGH)
  }

  mean(slot: number): number {
    return this.origin + this.read(slot, MEAN)
  }

  grade(slot: number): Grade {
    const code = this.read(slot, WORST)
    return Number.isNaN(code) ? 'nothing' : (GRADES[code] ?? 'nothing')
  }

  /** @returns false where the slot is no longer kept. */
  private reach(slot: number): boolean {
    if (slot <= this.newest) return slot > this.newest - this.capacity
    const isFirst = Number.isNaN(this.newest)
    const skipped = isFirst ? this.capacity : Math.min(this.capacity, slot - this.newest)
    for (let back = 0; back < skipped; back++) {
      const at = ((((slot - back) % this.capacity) + this.capacity) % this.capacity) * WIDTH
      this.cells.fill(Number.NaN, at, at + WORST)
      this.cells[at + WORST] = CODES.nothing
    }
    if (isFirst) this.first = slot
    this.newest = slot
    this.newestCount = 0
    return true
  }

  private read(slot: number, column: number): number {
    const isKept = slot <= this.newest && slot > this.newest - this.capacity
    return isKept ? (this.cells[(slot % this.capacity) * WIDTH + column] ?? Number.NaN) : Number.NaN
  }
}
