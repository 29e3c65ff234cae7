/** The median of the last `size` numbers, kept in order: a number costs one search and one move. */
export class RunningMedian {
  readonly #size: number
  readonly #past: number[] = []
  readonly #sorted: number[] = []

  /** @param size ≥ 1. */
  constructor(size: number) {
    this.#size = size
  }

  get count(): number {
    return this.#past.length
  }

  push(value: number): void {
    if (this.#past.length === this.#size) {
      const oldest = this.#past.shift()!
      this.#sorted.splice(this.#placeOf(oldest), 1)
    }
    this.#past.push(value)
    this.#sorted.splice(this.#placeOf(value), 0, value)
  }

  /** The upper of the two middle ones where the count is even; NaN before the first. */
  median(): number {
    return this.#sorted[Math.floor(this.#sorted.length / 2)] ?? Number.NaN
  }

  /** How many lie below. */
  #placeOf(value: number): number {
    let [low, high] = [0, this.#sorted.length]
    while (low < high) {
      const middle = (low + high) >> 1
      if (this.#sorted[middle]! < value) low = middle + 1
      else high = middle
    }
    return low
  }
}
