import type { DataValue } from 'node-opcua-client'
import type { EpochMicros } from '../../readings/time.js'
import { readValueOf, sourceMicrosOf } from './data-value.js'

/** Numbers that came before their block are kept so long; a server with other stamps never uses them up. */
const MOST_NUMBERS = 512
const MOST_BLOCKS = 128

export interface PairedBlock {
  readonly answer: DataValue
  readonly stamp: EpochMicros | null
  readonly sequence: number | null
}

interface WaitingBlock {
  readonly answer: DataValue
  readonly stamp: EpochMicros | null
  /** Notifications that it has waited for its number. */
  age: number
}

/**
 * Joins the samples of a block with its number: both carry the same source time. They may come in either order and in different
 * notifications, so a block waits for its number until the next notification and no longer.
 */
export class BlockPairing {
  readonly #numbered: boolean
  readonly #numbers = new Map<EpochMicros, number>()
  #waiting: WaitingBlock[] = []

  constructor(sequence: 'numbered' | 'unnumbered') {
    this.#numbered = sequence === 'numbered'
  }

  addNumber(answer: DataValue): void {
    const stamp = sourceMicrosOf(answer)
    const { value, quality } = readValueOf(answer, null)
    if (stamp === null || quality >= 128) return
    this.#numbers.set(stamp, value)
    const [oldest] = this.#numbers.keys()
    if (this.#numbers.size > MOST_NUMBERS && oldest !== undefined) this.#numbers.delete(oldest)
  }

  addBlock(answer: DataValue): void {
    this.#waiting.push({ answer, stamp: sourceMicrosOf(answer), age: 0 })
  }

  /** Called at the end of every notification: the blocks that are ready, in the order in which they came. */
  ready(): readonly PairedBlock[] {
    const ready: PairedBlock[] = []
    const still: WaitingBlock[] = []
    for (const block of this.#waiting) {
      const sequence = block.stamp === null ? undefined : this.#numbers.get(block.stamp)
      const isComplete = sequence !== undefined || !this.#numbered || block.stamp === null || block.age++ > 0
      const isNext = still.length === 0 || this.#waiting.length > MOST_BLOCKS
      if (!isComplete || !isNext) still.push(block)
      else ready.push({ answer: block.answer, stamp: block.stamp, sequence: sequence ?? null })
      if (isComplete && isNext && block.stamp !== null) this.#numbers.delete(block.stamp)
    }
    this.#waiting = still
    return ready
  }
}
