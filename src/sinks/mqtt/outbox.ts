import type { Parcel } from '../spool/parcel.js'
import type { Message } from './messages.js'

/** The messages of one delivery, and which of them the broker has taken; a delivery that broke goes on after those. */
export class Outbox {
  readonly parcels: readonly Parcel[]
  #messages: Iterator<Message> = [].values()
  #next = 0
  /** All before it are taken. */
  #taken = 0
  readonly #takenBeyond = new Set<number>()

  constructor(parcels: readonly Parcel[]) {
    this.parcels = parcels
  }

  /** Begins anew, after what has been taken without a gap. */
  rewind(messages: Iterator<Message>): void {
    this.#messages = messages
    this.#takenBeyond.clear()
    for (this.#next = 0; this.#next < this.#taken; this.#next++) messages.next()
  }

  /** The next to be sent; null where all are on their way. */
  next(): { readonly message: Message; readonly number: number } | null {
    const next = this.#messages.next()
    return next.done === true ? null : { message: next.value, number: this.#next++ }
  }

  acknowledge(number: number): void {
    this.#takenBeyond.add(number)
    while (this.#takenBeyond.delete(this.#taken)) this.#taken++
  }
}
