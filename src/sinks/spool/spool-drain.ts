import { reasonOf } from '../../faults/fault.js'
import type { Clock } from '../../readings/clock.js'
import { deliverByHalves } from './deliver-by-halves.js'
import type { DeliveryTrouble } from './delivery-trouble.js'
import { DeliveryError, type FarEnd } from './far-end.js'
import { extentOfParcel, type Parcel } from './parcel.js'
import type { Whose } from './segment.js'
import type { Spool, SpooledBatch } from './spool.js'

export interface SpoolDrainOptions {
  readonly spool: Spool
  readonly farEnd: FarEnd
  readonly clock: Clock
  readonly trouble: DeliveryTrouble
  readonly run: string
  readonly account: (whose: Whose, count: number) => void
  readonly drop: (parcel: Parcel, cause: string) => void
}

const FIRST_WAIT_MS = 100
const LONGEST_WAIT_MS = 10_000
/** A refusal is not overcome by asking often. */
const REFUSED_WAIT_MS = 60_000
const GROWTH = 2

/** Delivers what the spool holds, the oldest first, one delivery at a time; as fast as the far end takes it. */
export class SpoolDrain {
  readonly #options: SpoolDrainOptions
  readonly #stop = new AbortController()
  /** Cuts short the waiting between attempts. */
  readonly #hurry = new AbortController()
  #arrived = Promise.withResolvers<void>()
  #work: Promise<void> = Promise.resolve()
  #waitMs = FIRST_WAIT_MS

  constructor(options: SpoolDrainOptions) {
    this.#options = options
  }

  start(): void {
    this.#work = this.#run()
  }

  /** There is something new. */
  wake(): void {
    this.#arrived.resolve()
  }

  /** Delivers what is there, as long as that goes well and for so long at most. */
  async finish(graceMs: number): Promise<void> {
    this.#hurry.abort()
    this.wake()
    const patience = new AbortController()
    await Promise.race([this.#work, this.#options.clock.sleep(graceMs, patience.signal)])
    patience.abort()
    this.#stop.abort()
    await this.#work
  }

  async #run(): Promise<void> {
    while (!this.#stop.signal.aborted) {
      this.#arrived = Promise.withResolvers()
      const outcome = await this.#step()
      if (outcome === 'delivered') continue
      if (this.#hurry.signal.aborted) return
      if (outcome === 'nothing') await this.#arrived.promise
      else await this.#options.clock.sleep(this.#nextWait(outcome), this.#hurry.signal)
    }
  }

  async #step(): Promise<'delivered' | 'nothing' | 'failed' | 'refused'> {
    const { spool, trouble } = this.#options
    try {
      const batch = await spool.next()
      if (batch === null) return 'nothing'
      await this.#deliver(batch)
      trouble.leave()
      this.#waitMs = FIRST_WAIT_MS
      return 'delivered'
    } catch (thrown) {
      if (this.#stop.signal.aborted) return 'failed'
      trouble.meet(reasonOf(thrown))
      return thrown instanceof DeliveryError && thrown.refusal === 'refused' ? 'refused' : 'failed'
    }
  }

  async #deliver({ parcels }: SpooledBatch): Promise<void> {
    const { spool, farEnd, account, drop, run } = this.#options
    const unacceptable = await deliverByHalves(farEnd, parcels, this.#stop.signal)
    await spool.settle(({ waiting }) => {
      const stored = { own: waiting.own?.count ?? 0, earlier: waiting.earlier?.count ?? 0 }
      for (const { parcel, reason } of unacceptable) {
        stored[parcel.run === run ? 'own' : 'earlier'] -= extentOfParcel(parcel).count
        drop(parcel, reason)
      }
      account('own', stored.own)
      account('earlier', stored.earlier)
    })
  }

  #nextWait(outcome: 'failed' | 'refused'): number {
    if (outcome === 'refused') return REFUSED_WAIT_MS
    const waitMs = this.#waitMs
    this.#waitMs = Math.min(LONGEST_WAIT_MS, waitMs * GROWTH)
    return waitMs
  }
}
