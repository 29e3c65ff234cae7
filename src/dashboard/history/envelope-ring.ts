/** How good the readings of a step were, the worst of them. */
export const GRADES = ['nothing', 'good', 'uncertain', 'bad'] as const
export type Grade = (typeof GRADES)[number]
const BAD = GRADES.indexOf('bad')

/**
 * The past of one sensor on a fixed time grid: lowest, highest and mean value per step, and how good its readings were. Steps without a value hold
 * NaN and are drawn as gaps. Slots count steps since the epoch. Memory is fixed at birth: 13 bytes a step.
 */
export class EnvelopeRing {
  readonly stepMs: number
  /** Steps that are kept. */
  readonly capacity: number
  private readonly lows: Float32Array
  private readonly highs: Float32Array
  private readonly means: Float32Array
  /** Codes into GRADES. */
  private readonly worst: Uint8Array
  private newest = Number.NaN
  private first = Number.NaN
  private newestCount = 0
  /** Float32 holds differences from the first value, so that large counters keep their small steps. */
  private origin = Number.NaN

  constructor(stepMs: number, capacity: number) {
    this.stepMs = stepMs
    this.capacity = capacity
    this.lows = new Float32Array(capacity)
    this.highs = new Float32Array(capacity)
    this.means = new Float32Array(capacity)
    this.worst = new Uint8Array(capacity)
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
    if (!this.reach(slot)) return
    const index = slot % this.capacity
    const code = GRADES.indexOf(grade)
    if (code > (this.worst[index] ?? 0)) this.worst[index] = code
    if (!Number.isFinite(value)) return
    if (Number.isNaN(this.origin)) this.origin = value
    const relative = value - this.origin
    const low = this.lows[index] ?? Number.NaN
    if (Number.isNaN(low)) {
      this.lows[index] = relative
      this.highs[index] = relative
      this.means[index] = relative
      if (slot === this.newest) this.newestCount = 1
      return
    }
    this.lows[index] = Math.min(low, relative)
    this.highs[index] = Math.max(this.highs[index] ?? relative, relative)
    const count = slot === this.newest ? ++this.newestCount : 2
    const mean = this.means[index] ?? relative
    this.means[index] = mean + (relative - mean) / count
  }

  /** Nothing was measured from … to (ms since the epoch): every step in between is as bad as it gets. */
  lose(fromMs: number, toMs: number): void {
    const last = this.slotOf(toMs)
    if (!this.reach(last)) return
    const from = Math.max(this.slotOf(fromMs), last - this.capacity + 1, this.oldestSlot)
    for (let slot = from; slot <= last; slot++) this.worst[slot % this.capacity] = BAD
  }

  low(slot: number): number {
    return this.origin + this.read(this.lows, slot)
  }

  high(slot: number): number {
    return this.origin + this.read(this.highs, slot)
  }

  mean(slot: number): number {
    return this.origin + this.read(this.means, slot)
  }

  grade(slot: number): Grade {
    return GRADES[this.isKept(slot) ? (this.worst[slot % this.capacity] ?? 0) : 0] ?? 'nothing'
  }

  private isKept(slot: number): boolean {
    return slot <= this.newest && slot > this.newest - this.capacity
  }

  /** @returns false where the slot is no longer kept. */
  private reach(slot: number): boolean {
    if (slot <= this.newest) return slot > this.newest - this.capacity
    const isFirst = Number.isNaN(this.newest)
    const skipped = isFirst ? this.capacity : Math.min(this.capacity, slot - this.newest)
    for (let back = 0; back < skipped; back++) {
      const index = (((slot - back) % this.capacity) + this.capacity) % this.capacity
      this.lows[index] = Number.NaN
      this.highs[index] = Number.NaN
      this.means[index] = Number.NaN
      this.worst[index] = 0
    }
    if (isFirst) this.first = slot
    this.newest = slot
    this.newestCount = 0
    return true
  }

  private read(column: Float32Array, slot: number): number {
    return this.isKept(slot) ? (column[slot % this.capacity] ?? Number.NaN) : Number.NaN
  }
}
