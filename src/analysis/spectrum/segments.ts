import { AnalysisFault } from '../analysis-fault.js'
import type { Samples } from '../samples.js'

export interface SegmentOptions {
  readonly segmentLength: number
  /** Samples that neighbouring segments share; half a segment unless said. */
  readonly overlap?: number
}

/** Room beyond one segment, so that the remainder is moved to the front seldom and not per segment. */
const SPARE_SAMPLES = 1 << 15

/**
 * Cuts a stream of blocks of any length into overlapping segments, the same as if it had come as one record. Holds one buffer for its
 * whole life.
 *
 * @param options.segmentLength m ≥ 2.
 * @param options.overlap       0 ≤ overlap < m.
 * @throws AnalysisFault `out-of-range`.
 */
export class Segments {
  readonly length: number
  readonly #hop: number
  readonly #buffer: Float64Array
  #filled = 0

  constructor({ segmentLength, overlap = Math.floor(segmentLength / 2) }: SegmentOptions) {
    if (!Number.isInteger(segmentLength) || segmentLength < 2) {
      throw new AnalysisFault('out-of-range', `a segment of ${segmentLength} samples is none`)
    }
    if (!Number.isInteger(overlap) || overlap < 0 || overlap >= segmentLength) {
      throw new AnalysisFault('out-of-range', `segments of ${segmentLength} samples cannot share ${overlap}`)
    }
    this.length = segmentLength
    this.#hop = segmentLength - overlap
    this.#buffer = new Float64Array(segmentLength + SPARE_SAMPLES)
  }

  /**
   * @param samples shape (n,), any n.
   * @param take    called for every segment that is now complete, oldest first: elements from … from + m − 1 of the buffer, valid during the call.
   */
  push(samples: Samples, take: (buffer: Float64Array, from: number) => void): void {
    const buffer = this.#buffer
    let at = 0
    while (at < samples.length) {
      const count = Math.min(samples.length - at, buffer.length - this.#filled)
      buffer.set(samples.subarray(at, at + count), this.#filled)
      this.#filled += count
      at += count
      let from = 0
      for (; from + this.length <= this.#filled; from += this.#hop) take(buffer, from)
      buffer.copyWithin(0, from, this.#filled)
      this.#filled -= from
    }
  }

  /** Forgets what has not yet become a segment: where the record has a gap, nothing may reach across it. */
  interrupt(): void {
    this.#filled = 0
  }
}
