import type { FrequencyBand } from '../bearing/envelope-spectrum.js'
import type { Samples } from '../samples.js'
import { bandRms } from './band-rms.js'

/** Periods of the lowest frequency in one piece: a hundred keep what leaks over the edges of a piece far below the rest. */
const PERIODS = 100
const SHORTEST = 2 ** 16

/**
 * bandRms of a record of any length, in pieces: the root of the mean of the pieces' mean squares. What is left over at the end is less than a piece
 * and counts only where there is no whole one.
 *
 * @see [ISO20816-3]
 */
export class RunningBandRms {
  readonly #options: { readonly sampleRateHz: number; readonly band: FrequencyBand; readonly integrated: 'once' | 'not' }
  readonly #piece: Float64Array
  #filled = 0
  #pieces = 0
  #meanSquares = 0

  constructor(options: { readonly sampleRateHz: number; readonly band: FrequencyBand; readonly integrated: 'once' | 'not' }) {
    this.#options = options
    const wanted = (PERIODS / options.band.lowHz) * options.sampleRateHz
    this.#piece = new Float64Array(Math.max(SHORTEST, 2 ** Math.ceil(Math.log2(wanted))))
  }

  push(samples: Samples): void {
    for (let at = 0; at < samples.length; ) {
      const part = samples.subarray(at, at + this.#piece.length - this.#filled)
      this.#piece.set(part, this.#filled)
      this.#filled += part.length
      at += part.length
      if (this.#filled < this.#piece.length) continue
      this.#meanSquares += bandRms(this.#piece, this.#options) ** 2
      this.#pieces++
      this.#filled = 0
    }
  }

  /** What follows does not go on where the last samples ended: a piece across the seam would hold a jump that was never there. */
  interrupt(): void {
    if (2 * this.#filled >= this.#piece.length) {
      this.#meanSquares += bandRms(this.#piece.subarray(0, this.#filled), this.#options) ** 2
      this.#pieces++
    }
    this.#filled = 0
  }

  /** @throws AnalysisFault as bandRms. */
  result(): number {
    if (this.#pieces === 0) return bandRms(this.#piece.subarray(0, this.#filled), this.#options)
    return Math.sqrt(this.#meanSquares / this.#pieces)
  }
}
