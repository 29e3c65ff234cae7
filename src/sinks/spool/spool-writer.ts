import { reasonOf } from '../../faults/fault.js'
import type { Clock } from '../../readings/clock.js'
import { extentOfParcel, type Parcel } from './parcel.js'
import type { ParcelCollector } from './parcel-collector.js'
import type { Spool } from './spool.js'

/** How long readings are collected in memory before they go to the disk. */
const WRITE_MS = 250
/** What is not delivered is made safe against a power cut so often. */
const SYNC_MS = 1000
/** What waits for a disk that refuses. */
export const MAX_MEMORY_BYTES = 8 << 20

export interface SpoolWriterOptions {
  readonly spool: Spool
  readonly collector: ParcelCollector
  readonly clock: Clock
  /** After each write, whether there was anything or not. */
  readonly onWritten: () => void
  readonly onTrouble: (reason: string) => void
  /** The disk takes again. */
  readonly onRecovered: () => void
}

/** Brings what was collected to the disk, in rhythm. A disk that refuses is tried again; what waits for it is kept, up to a bound. */
export class SpoolWriter {
  readonly #options: SpoolWriterOptions
  readonly #ending = new AbortController()
  readonly #unwritten: Parcel[] = []
  #unwrittenBytes = 0
  #unwrittenCount = 0
  #rhythm: Promise<void> | null = null
  #inTrouble = false

  constructor(options: SpoolWriterOptions) {
    this.#options = options
  }

  /** Readings and blocks in memory. */
  get count(): number {
    return this.#options.collector.count + this.#unwrittenCount
  }

  /** Whether one more may wait in memory. */
  get hasRoom(): boolean {
    return this.#options.collector.bytes + this.#unwrittenBytes < MAX_MEMORY_BYTES
  }

  start(): void {
    this.#rhythm = this.#writeInRhythm()
  }

  /** Writes what is there and stops. What could not be written is returned. */
  async stop(): Promise<readonly Parcel[]> {
    this.#ending.abort()
    await this.#rhythm
    await this.#write()
    const lost = this.#unwritten.splice(0)
    this.#unwrittenCount = 0
    this.#unwrittenBytes = 0
    return lost
  }

  async #writeInRhythm(): Promise<void> {
    const { clock, spool } = this.#options
    let syncedAt = clock.monotonicMs()
    while (!this.#ending.signal.aborted) {
      await clock.sleep(WRITE_MS, this.#ending.signal)
      if (this.#ending.signal.aborted) return
      await this.#write()
      if (clock.monotonicMs() - syncedAt < SYNC_MS) continue
      syncedAt = clock.monotonicMs()
      await this.#attempt(() => spool.sync())
    }
  }

  async #write(): Promise<void> {
    const { collector, spool, onWritten, onRecovered } = this.#options
    this.#queue(collector)
    for (let parcel = this.#unwritten[0]; parcel !== undefined; parcel = this.#unwritten[0]) {
      const next = parcel
      if (!(await this.#attempt(() => spool.append(next)))) return
      this.#unwritten.shift()
      this.#unwrittenCount -= extentOfParcel(next).count
      if (this.#inTrouble) onRecovered()
      this.#inTrouble = false
    }
    this.#unwrittenBytes = 0
    onWritten()
  }

  #queue(collector: ParcelCollector): void {
    const { bytes, count } = collector
    this.#unwritten.push(...collector.take())
    this.#unwrittenBytes += bytes
    this.#unwrittenCount += count
  }

  async #attempt(work: () => Promise<void>): Promise<boolean> {
    try {
      await work()
      return true
    } catch (thrown) {
      if (!this.#inTrouble) this.#options.onTrouble(reasonOf(thrown))
      this.#inTrouble = true
      return false
    }
  }
}
