import type { Fault } from '../../faults/fault.js'
import type { Measurement } from '../../readings/measurement.js'

/** Enough for seconds of blocks; beyond it the reader is too slow, and that shows as a Gap. */
const CAPACITY = 256

/**
 * Between the producers of one line (cyclic reads, notifications) and its one reader. `put` waits for room, which slows the asking
 * down; `offer` cannot wait, as a server pushes, and answers whether there was room.
 */
export class MeasurementQueue {
  readonly #waiting: Measurement[] = []
  #ended: { readonly thrown: Fault | undefined } | undefined
  #wakeReader: (() => void) | undefined
  #wakeWriters: (() => void)[] = []

  offer(measurement: Measurement): 'taken' | 'full' {
    if (this.#ended || this.#waiting.length >= CAPACITY) return 'full'
    this.#waiting.push(measurement)
    this.#wakeReader?.()
    return 'taken'
  }

  async put(measurement: Measurement): Promise<void> {
    if (this.#ended) return
    while (!this.#ended && this.#waiting.length >= CAPACITY) await new Promise<void>((resolve) => this.#wakeWriters.push(resolve))
    // Whoever waited for room when the end came has measured before it: one measurement a writer, however full it is.
    this.#waiting.push(measurement)
    this.#wakeReader?.()
  }

  /** Takes out all that waits. */
  takeRest(): readonly Measurement[] {
    return this.#waiting.splice(0)
  }

  /** No more comes. With a `thrown` the reader gets it after what is already here. */
  end(thrown?: Fault): void {
    this.#ended ??= { thrown }
    this.#wakeReader?.()
    for (const wake of this.#wakeWriters.splice(0)) wake()
  }

  async *[Symbol.asyncIterator](): AsyncGenerator<Measurement> {
    for (;;) {
      const next = this.#waiting.shift()
      if (next) {
        this.#wakeWriters.shift()?.()
        yield next
      } else if (this.#ended) {
        if (this.#ended.thrown !== undefined) throw this.#ended.thrown
        return
      } else {
        await new Promise<void>((resolve) => {
          this.#wakeReader = resolve
        })
        this.#wakeReader = undefined
      }
    }
  }
}
