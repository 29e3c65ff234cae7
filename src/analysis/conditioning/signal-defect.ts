/** Something about a record that no machine did: where and how often, in numbers and in a sentence. */
export type SignalDefect =
  | {
      readonly kind: 'clipped'
      readonly text: string
      /** Samples exactly at the limit, side by side or each alone. */
      readonly samples: number
      readonly limit: number
      readonly side: 'upper' | 'lower'
      readonly firstAtS: number
    }
  | {
      readonly kind: 'dropout'
      readonly text: string
      readonly runs: number
      readonly samples: number
      /** Zeros, or the last value held. */
      readonly value: 'zero' | 'held'
      readonly firstAtS: number
      readonly longestS: number
    }
  | { readonly kind: 'stuck'; readonly text: string; readonly value: number }
  | { readonly kind: 'not-finite'; readonly text: string; readonly samples: number; readonly firstAtS: number }
  | {
      readonly kind: 'mains-lines'
      readonly text: string
      readonly fundamentalHz: number
      /** Which multiples stand above the noise. */
      readonly orders: readonly number[]
      /** Power of those lines over that of the record, mean removed, 0 … 1. */
      readonly powerShare: number
    }
  | {
      readonly kind: 'copies'
      readonly text: string
      readonly channels: readonly [string, string]
      /** second[k + lag] ≈ scale·first[k]. */
      readonly lagSamples: number
      readonly scale: number
      readonly match: 'exact' | 'scaled'
    }
