import { batchOf } from '../../readings/batch.js'
import type { Batch, Gap, SensorKey } from '../../readings/measurement.js'
import type { EpochMicros } from '../../readings/time.js'
import type { Row } from './reading-row.js'

/** A serial line at 115,200 baud brings some 11,000 bytes/s: enough for a minute of the shortest lines at a reader that stands still. */
const CAPACITY = 65_536

/** Between what the port brings and the one who reads it. What has no room is counted. */
export class Intake {
  readonly #keys: readonly SensorKey[]
  #rows: Row[] = []
  #lost: { count: number; from: EpochMicros; to: EpochMicros } | null = null
  #wake: (() => void) | undefined
  #isWoken = false

  constructor(keys: readonly SensorKey[]) {
    this.#keys = keys
  }

  add(rows: readonly Row[]): void {
    const room = CAPACITY - this.#rows.length
    this.#rows.push(...rows.slice(0, room))
    for (const { measuredAt } of rows.slice(room)) {
      this.#lost ??= { count: 0, from: measuredAt, to: measuredAt }
      this.#lost.count++
      this.#lost.to = measuredAt
    }
    if (rows.length > 0) this.wake()
  }

  /** Lets a waiting reader look again. */
  wake(): void {
    this.#isWoken = true
    this.#wake?.()
  }

  /** All that has come, with the gap of what was lost; waits for nothing. */
  take(receivedAt: EpochMicros): readonly (Batch | Gap)[] {
    const [rows, lost] = [this.#rows, this.#lost]
    this.#rows = []
    this.#lost = null
    const cause = 'the readings came faster than they were taken'
    return [
      ...(rows.length > 0 ? [batchOf(this.#keys, receivedAt, rows)] : []),
      ...(lost ? [{ kind: 'gap' as const, sensors: this.#keys, from: lost.from, to: lost.to, cause, missing: lost.count }] : []),
    ]
  }

  /** Resolves at the next `add` or `wake`, at once where there was one since the last time. */
  async something(): Promise<void> {
    if (!this.#isWoken)
      await new Promise<void>((resolve) => {
        this.#wake = resolve
      })
    this.#wake = undefined
    this.#isWoken = false
  }
}
