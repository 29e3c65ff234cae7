import { AnalysisFault } from '../analysis-fault.js'

/** How spectra become one: plain mean, a mean that forgets (weight of the newest, 0 … 1), or the highest that each line ever was. */
export type Averaging =
  | { readonly kind: 'linear' }
  | { readonly kind: 'exponential'; readonly newest: number }
  | { readonly kind: 'peak-hold' }

/**
 * Averages power spectra one after the other.
 *
 * linear S̄ₙ = S̄ₙ₋₁ + (Sₙ − S̄ₙ₋₁)/n;  exponential S̄ₙ = S̄ₙ₋₁ + a·(Sₙ − S̄ₙ₋₁), from S̄₁ = S₁;  peak-hold S̄ₙ = max(S̄ₙ₋₁, Sₙ)
 *
 * @throws AnalysisFault `out-of-range`; from result `too-few-samples` before the first.
 */
export class SpectrumAverage {
  readonly #averaging: Averaging
  #average: Float64Array | null = null
  #count = 0

  constructor(averaging: Averaging) {
    if (averaging.kind === 'exponential' && !(averaging.newest > 0 && averaging.newest <= 1)) {
      throw new AnalysisFault('out-of-range', `the newest spectrum cannot weigh ${averaging.newest}`)
    }
    this.#averaging = averaging
  }

  /** @param density shape (m,), always the same m; not kept. */
  add(density: Float64Array): void {
    this.#count++
    const average = this.#average
    if (average === null) {
      this.#average = density.slice()
      return
    }
    if (this.#averaging.kind === 'peak-hold') {
      for (let k = 0; k < average.length; k++) if (density[k]! > average[k]!) average[k] = density[k]!
      return
    }
    const weight = this.#averaging.kind === 'linear' ? 1 / this.#count : this.#averaging.newest
    for (let k = 0; k < average.length; k++) average[k] = average[k]! + weight * (density[k]! - average[k]!)
  }

  /** Shape (m,), unit of what was added; not changed by later additions. */
  result(): { readonly density: Float64Array; readonly count: number } {
    if (this.#average === null) throw new AnalysisFault('too-few-samples', 'there is no spectrum to average yet')
    return { density: this.#average.slice(), count: this.#count }
  }
}
