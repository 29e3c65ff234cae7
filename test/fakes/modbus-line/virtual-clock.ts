import type { Clock } from '../../../src/readings/clock.js'

interface Event {
  readonly atMs: number
  readonly order: number
  act: (() => void) | null
}

/** Time that jumps to the next event as soon as nobody has anything left to do: hours of a slow line pass in seconds. */
export class VirtualClock implements Clock {
  #ms = 0
  #order = 0
  readonly #heap: Event[] = []

  now(): number {
    return 1_700_000_000_000_000 + Math.round(this.#ms * 1000)
  }

  monotonicMs(): number {
    return this.#ms
  }

  sleep(ms: number, signal?: AbortSignal): Promise<void> {
    return new Promise((resolve) => {
      if (signal?.aborted) return resolve()
      const event = this.after(ms, () => {
        signal?.removeEventListener('abort', wake)
        resolve()
      })
      const wake = (): void => {
        event.act = null
        resolve()
      }
      signal?.addEventListener('abort', wake, { once: true })
    })
  }

  /** Calls `act` in `ms`. */
  after(ms: number, act: () => void): Event {
    const event: Event = { atMs: this.#ms + Math.max(0, ms), order: this.#order++, act }
    this.#push(event)
    return event
  }

  /** Lets time pass until `work` is done. */
  async drive<T>(work: Promise<T>): Promise<T> {
    const over = { is: false }
    const watched = work.finally(() => {
      over.is = true
    })
    watched.catch(() => {})
    while (!over.is) {
      await new Promise((resolve) => setImmediate(resolve))
      if (over.is) break
      let next = this.#pop()
      while (next && !next.act) next = this.#pop()
      if (!next) continue
      this.#ms = Math.max(this.#ms, next.atMs)
      next.act?.()
    }
    return watched
  }

  #push(event: Event): void {
    const heap = this.#heap
    let at = heap.push(event) - 1
    while (at > 0) {
      const parent = (at - 1) >> 1
      if (isBefore(heap[parent], event)) break
      heap[at] = heap[parent] as Event
      at = parent
    }
    heap[at] = event
  }

  #pop(): Event | undefined {
    const heap = this.#heap
    const [top] = heap
    const last = heap.pop()
    if (top === undefined || last === undefined || heap.length === 0) return top
    let at = 0
    for (;;) {
      let child = 2 * at + 1
      if (child >= heap.length) break
      if (child + 1 < heap.length && isBefore(heap[child + 1], heap[child] as Event)) child++
      if (isBefore(last, heap[child] as Event)) break
      heap[at] = heap[child] as Event
      at = child
    }
    heap[at] = last
    return top
  }
}

function isBefore(a: Event | undefined, b: Event): boolean {
  return a !== undefined && (a.atMs < b.atMs || (a.atMs === b.atMs && a.order < b.order))
}
