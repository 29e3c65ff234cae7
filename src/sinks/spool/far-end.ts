import type { Parcel } from './parcel.js'

/**
 * What a far end does to a delivery:
 * `unreachable` – nobody there, or too busy: later; `refused` – it does not let us (password, missing table): told once, later;
 * `unacceptable` – it will never take this: what exactly is found out by halves; `too-large` – less at a time.
 */
export type Refusal = 'unreachable' | 'refused' | 'unacceptable' | 'too-large'

/** Why a delivery failed; the text goes to people. Made by far ends only, met by the sink. */
export class DeliveryError extends Error {
  override readonly name = 'DeliveryError'
  readonly refusal: Refusal

  constructor(refusal: Refusal, reason: string) {
    super(reason)
    this.refusal = refusal
  }
}

/** Where a spooling sink delivers to. */
export interface FarEnd {
  /**
   * Resolves when the far end has everything for good; sent again, nothing is doubled there.
   * @throws DeliveryError; anything else counts as unreachable.
   */
  deliver(parcels: readonly Parcel[], signal: AbortSignal): Promise<void>
  /** Never rejects. */
  close(): Promise<void>
}
