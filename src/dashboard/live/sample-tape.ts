import type { Waveform } from '../../readings/measurement.js'
import type { EpochMicros } from '../../readings/time.js'

/** Blocks whose starts are off by more than this share of a block do not follow on each other; clocks of devices jitter. */
const SEAM = 0.75

/** The last samples of one sensor without a gap, whatever the length of its blocks. Memory is fixed at birth: 8 bytes a sample. */
export class SampleTape {
  readonly capacity: number
  /** Samples since the last gap. */
  count = 0
  sampleRateHz = 0
  /** Of the last one that came. */
  blockLength = 0
  /** Just behind the last sample. */
  endsAt: EpochMicros = 0
  readonly #ring: Float64Array
  #next = 0
  #sequence: number | undefined

  constructor(capacity: number) {
    this.capacity = capacity
    this.#ring = new Float64Array(capacity)
  }

  push({ samples, sampleRateHz, startedAt, sequence }: Waveform): void {
    const lengthMicros = (samples.length / sampleRateHz) * 1e6
    const isNext =
      sampleRateHz === this.sampleRateHz &&
      (sequence === undefined || this.#sequence === undefined
        ? Math.abs(startedAt - this.endsAt) <= SEAM * lengthMicros
        : sequence === this.#sequence + 1)
    if (!isNext) this.count = 0
    this.#sequence = sequence
    this.sampleRateHz = sampleRateHz
    this.blockLength = samples.length
    this.endsAt = startedAt + lengthMicros
    for (let index = Math.max(0, samples.length - this.capacity); index < samples.length; index++) {
      this.#ring[this.#next] = samples[index] ?? Number.NaN
      this.#next = (this.#next + 1) % this.capacity
    }
    this.count += samples.length
  }

  /** What comes next does not follow on what was. */
  interrupt(): void {
    this.count = 0
    this.#sequence = undefined
    this.endsAt = 0
  }

  /** A copy of the last `length` samples, as many as there are at most. */
  latest(length: number): Float64Array {
    const size = Math.min(length, this.count, this.capacity)
    const copy = new Float64Array(size)
    const from = (this.#next - size + this.capacity) % this.capacity
    const head = Math.min(size, this.capacity - from)
    copy.set(this.#ring.subarray(from, from + head))
    copy.set(this.#ring.subarray(0, size - head), head)
    return copy
  }
}
