import type { Drop } from '../contract.js'

/** Far ends have many words for one thing; beyond so many causes they are counted together. */
const MAX_CAUSES = 100
const OTHER = 'other causes'

/** What was given up: one stretch a cause. */
export class DropLedger {
  readonly #drops = new Map<string, Drop>()
  /** Since they were last told. */
  readonly #untold = new Map<string, Drop>()
  total = 0

  add(drop: Drop): void {
    if (drop.count === 0) return
    this.total += drop.count
    const cause = this.#drops.has(drop.cause) || this.#drops.size < MAX_CAUSES ? drop.cause : OTHER
    for (const drops of [this.#drops, this.#untold]) drops.set(cause, joined(drops.get(cause), { ...drop, cause }))
  }

  get drops(): readonly Drop[] {
    return [...this.#drops.values()]
  }

  get hasUntold(): boolean {
    return this.#untold.size > 0
  }

  /** What was given up since this was last asked. */
  takeUntold(): readonly Drop[] {
    const untold = [...this.#untold.values()]
    this.#untold.clear()
    return untold
  }
}

function joined(known: Drop | undefined, { count, from, to, cause }: Drop): Drop {
  if (known === undefined) return { count, from, to, cause }
  return { cause, count: known.count + count, from: Math.min(known.from, from), to: Math.max(known.to, to) }
}
