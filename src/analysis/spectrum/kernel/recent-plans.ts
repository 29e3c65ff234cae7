/** Points of all plans of one kind kept together: under 100 MB of tables and work space. */
const MOST_POINTS = 3 * 2 ** 19

/**
 * Keeps the plans used last, so that a folder of records of one length makes its tables once. This is the one memory that analysis has: a
 * plan depends on its size alone, so whether it was kept never shows in a result.
 */
export class RecentPlans<P extends { readonly size: number }> {
  readonly #plans = new Map<number, P>()
  #points = 0

  get(size: number, make: () => P): P {
    const known = this.#plans.get(size)
    if (known) {
      this.#plans.delete(size)
      this.#plans.set(size, known)
      return known
    }
    const plan = make()
    if (size > MOST_POINTS) return plan
    this.#plans.set(size, plan)
    this.#points += size
    for (const [oldest] of this.#plans) {
      if (this.#points <= MOST_POINTS) break
      this.#plans.delete(oldest)
      this.#points -= oldest
    }
    return plan
  }
}
