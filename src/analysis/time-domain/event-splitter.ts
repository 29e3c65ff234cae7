import { AnalysisFault } from '../analysis-fault.js'
import type { Samples } from '../samples.js'
import { RunningMedian } from './running-median.js'
import { describeBlock, type SignalBlock } from './signal-block.js'

/** A stretch of the record that stands out of what runs steadily before it. */
export interface ShockEvent {
  /** From the first sample. */
  readonly startS: number
  readonly durationS: number
  /** max |x − steady mean|, unit of the samples, and where. */
  readonly peak: number
  readonly peakAtS: number
  /** RMS of the steady part that it was measured against. */
  readonly steadyRms: number
}

export interface EventSplit {
  readonly events: readonly ShockEvent[]
  /** What lies between them: start and duration. */
  readonly steady: readonly { readonly startS: number; readonly durationS: number }[]
}

export interface EventOptions {
  readonly sampleRateHz: number
  /** How many times the steady RMS a peak must reach; 8 unless said. Gaussian noise gets there once in 10^15 samples, a sine never above 1.4. */
  readonly factor?: number
  /** The grain of starts and ends, and of the running level; 0.05 s unless said. */
  readonly blockS?: number
  /** How much of the past makes the steady level; 60 s unless said. */
  readonly memoryS?: number
  /** Calm needed for an event to be over, so that a rebound belongs to its shock; 0.2 s unless said. */
  readonly calmS?: number
}

/** Blocks without which there is no steady level to speak of. */
const LEAST_BLOCKS = 5

/**
 * Splits a long record into shocks and steady parts, in one pass and little memory. The level is the median of the RMS of past steady blocks,
 * which a few shocks cannot move; a block whose peak reaches `factor` times that starts an event, which lasts until blocks have kept below half of it for `calmS`.
 * The first blocks wait until there are enough to know the level.
 *
 * @throws AnalysisFault `out-of-range`; from push `not-finite`; from finish `too-few-samples`.
 */
export class EventSplitter {
  readonly #options: Required<EventOptions>
  readonly #blockLength: number
  readonly #rms: RunningMedian
  readonly #mean: RunningMedian
  readonly #waiting: SignalBlock[] = []
  readonly #events: ShockEvent[] = []
  readonly #buffer: Float64Array
  #filled = 0
  #start = 0
  #open: { first: number; lastLoud: number; peak: number; peakAt: number; steadyRms: number } | null = null

  constructor({ sampleRateHz, factor = 8, blockS = 0.05, memoryS = 60, calmS = 0.2 }: EventOptions) {
    this.#options = { sampleRateHz, factor, blockS, memoryS, calmS }
    this.#blockLength = Math.round(blockS * sampleRateHz)
    if (!(this.#blockLength >= 2) || !(factor > 1) || !(memoryS >= LEAST_BLOCKS * blockS) || !(calmS >= 0)) {
      throw new AnalysisFault(
        'out-of-range',
        `a record at ${sampleRateHz} Hz cannot be split in blocks of ${blockS} s at ${factor} times its level`,
      )
    }
    this.#buffer = new Float64Array(this.#blockLength)
    this.#rms = new RunningMedian(Math.round(memoryS / blockS))
    this.#mean = new RunningMedian(Math.round(memoryS / blockS))
  }

  /** @param samples shape (n,), any n, unit u, finite. */
  push(samples: Samples): void {
    for (let at = 0; at < samples.length; ) {
      const count = Math.min(samples.length - at, this.#blockLength - this.#filled)
      this.#buffer.set(samples.subarray(at, at + count), this.#filled)
      this.#filled += count
      at += count
      if (this.#filled === this.#blockLength) this.#closeBlock()
    }
  }

  /** All events; the record ends here. */
  finish(): EventSplit {
    if (this.#filled >= 2) this.#closeBlock()
    if (this.#rms.count === 0 && this.#waiting.length < LEAST_BLOCKS) {
      throw new AnalysisFault(
        'too-few-samples',
        `${this.#start} samples are fewer than ${LEAST_BLOCKS} blocks, there is no steady level to tell shocks from`,
      )
    }
    this.#release()
    this.#closeEvent()
    return { events: this.#events, steady: this.#between() }
  }

  #closeBlock(): void {
    const block = describeBlock(this.#buffer.subarray(0, this.#filled), this.#start)
    this.#start += this.#filled
    this.#filled = 0
    if (this.#rms.count > 0) this.#judge(block)
    else if (this.#waiting.push(block) * this.#blockLength >= this.#settleLength()) this.#release()
  }

  /** A fifth of the memory is waited for before the first verdict. */
  #settleLength(): number {
    return Math.max(LEAST_BLOCKS * this.#blockLength, (this.#options.memoryS / 5) * this.#options.sampleRateHz)
  }

  /** The first blocks know their level from all of them together. */
  #release(): void {
    if (this.#waiting.length === 0) return
    // Twice: once to know the level, then, in their own time, to judge; the shocks among them are too few to move a median.
    for (const { rms, mean } of this.#waiting) {
      this.#rms.push(rms)
      this.#mean.push(mean)
    }
    for (const block of this.#waiting.splice(0)) this.#judge(block)
  }

  #judge(block: SignalBlock): void {
    const rms = this.#open?.steadyRms ?? this.#rms.median()
    const mean = this.#mean.median()
    const upper = block.most - mean
    const lower = mean - block.least
    const peak = Math.max(upper, lower)
    const { factor, calmS, sampleRateHz } = this.#options
    const open = this.#open
    if (peak > (open ? factor / 2 : factor) * rms) {
      const peakAt = upper >= lower ? block.mostAt : block.leastAt
      if (!open) this.#open = { first: block.at, lastLoud: block.at + block.length, peak, peakAt, steadyRms: rms }
      else {
        open.lastLoud = block.at + block.length
        if (peak > open.peak) Object.assign(open, { peak, peakAt })
      }
      return
    }
    if (open && block.at + block.length - open.lastLoud < calmS * sampleRateHz) return
    this.#closeEvent()
    this.#rms.push(block.rms)
    this.#mean.push(block.mean)
  }

  #closeEvent(): void {
    const open = this.#open
    if (!open) return
    const { sampleRateHz } = this.#options
    this.#events.push({
      startS: open.first / sampleRateHz,
      durationS: (open.lastLoud - open.first) / sampleRateHz,
      peak: open.peak,
      peakAtS: open.peakAt / sampleRateHz,
      steadyRms: open.steadyRms,
    })
    this.#open = null
  }

  #between(): EventSplit['steady'] {
    const edges = [
      0,
      ...this.#events.flatMap(({ startS, durationS }) => [startS, startS + durationS]),
      this.#start / this.#options.sampleRateHz,
    ]
    const parts: { startS: number; durationS: number }[] = []
    for (let k = 0; k < edges.length; k += 2) {
      const [startS, endS] = [edges[k]!, edges[k + 1]!]
      if (endS > startS) parts.push({ startS, durationS: endS - startS })
    }
    return parts
  }
}
