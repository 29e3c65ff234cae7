/** Width of one step of the time grid that every trend lies on. */
export const TREND_STEP_MS = 250

/**
 * The recent past of one sensor on a fixed time grid: lowest, highest and mean value per step. Steps without a value hold NaN
 * and are drawn as gaps. Slots count steps since the epoch. Memory is fixed at birth.
 */
export class TrendRing {
  /** Steps that are kept. */
  readonly capacity: number
  private readonly lows: Float32Array
  private readonly highs: Float32Array
  private readonly means: Float32Array
  private newest = Number.NaN
  private first = Number.NaN
  private newestCount = 0
  /** Float32 holds differences from the first value, so that large counters keep their small steps. */
  private origin = 0

  constructor(capacity: number) {
    this.capacity = capacity
    this.lows = new Float32Array(capacity)
    this.highs = new Float32Array(capacity)
    this.means = new Float32Array(capacity)
  }

  /** The last slot with a value; NaN while there is none. */
  get newestSlot(): number {
    return this.newest
  }

  /** The first slot that is still kept and not before the first value; NaN while there is none. */
  get oldestSlot(): number {
    return Math.max(this.first, this.newest - this.capacity + 1)
  }

  /** Takes a finite value at a time in ms since the epoch. Values from before the kept past are ignored. */
  push(atMs: number, value: number): void {
    const slot = slotOf(atMs)
    if (Number.isNaN(this.newest)) {
      this.origin = value
      this.first = slot
    }
    if (Number.isNaN(this.newest) || slot > this.newest) this.begin(slot)
    else if (slot <= this.newest - this.capacity) return
    const index = slot % this.capacity
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

  low(slot: number): number {
    return this.read(this.lows, slot)
  }

  high(slot: number): number {
    return this.read(this.highs, slot)
  }

  mean(slot: number): number {
    return this.read(this.means, slot)
  }

  copy(): TrendRing {
    const twin = new TrendRing(this.capacity)
    twin.lows.set(this.lows)
    twin.highs.set(this.highs)
    twin.means.set(this.means)
    twin.newest = this.newest
    twin.first = this.first
    twin.newestCount = this.newestCount
    twin.origin = this.origin
    return twin
  }

  private begin(slot: number): void {
    const isFirst = Number.isNaN(this.newest)
    const skipped = isFirst ? this.capacity : Math.min(this.capacity, slot - this.newest)
    for (let back = 0; back < skipped; back++) {
      const index = (((slot - back) % this.capacity) + this.capacity) % this.capacity
      this.lows[index] = Number.NaN
      this.highs[index] = Number.NaN
      this.means[index] = Number.NaN
    }
    this.newest = slot
    this.newestCount = 0
  }

  private read(column: Float32Array, slot: number): number {
    if (!(slot <= this.newest && slot > this.newest - this.capacity)) return Number.NaN
    return this.origin + (column[slot % this.capacity] ?? Number.NaN)
  }
}

/** The slot that a time in ms since the epoch falls into. */
export function slotOf(atMs: number): number {
  return Math.floor(atMs / TREND_STEP_MS)
}
