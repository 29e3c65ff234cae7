import type { Gap, Waveform } from '../../readings/measurement.js'
import type { EpochMicros } from '../../readings/time.js'

/** A block as it came, before we know whether others went missing before it. */
export interface Block {
  readonly startedAt: EpochMicros
  readonly receivedAt: EpochMicros
  readonly sampleRateHz: number
  readonly samples: Float32Array | Float64Array
  readonly quality: number
  readonly sequence: number | null
  /** The server says that its queue ran over before this block. */
  readonly overflow: boolean
}

/** Half of the counter's range: a step beyond it is a step back. */
const HALF_RANGE = 2 ** 31

/** Follows the blocks of one sensor and tells what is missing between them; never invents. */
export class BlockOrder {
  readonly #sensor: string
  #last: Block | undefined
  /** The last block that had a number, and how many without one came since. */
  #counted: { readonly number: number; unnumbered: number } | undefined

  constructor(sensor: string) {
    this.#sensor = sensor
  }

  /** The block, after the gap before it where there is one. A block that came before gives nothing. */
  take(block: Block): readonly (Gap | Waveform)[] {
    const last = this.#last
    if (last && block.startedAt === last.startedAt && block.sequence === last.sequence) return []
    this.#last = block
    const gap = last ? this.#gapBetween(last, block) : undefined
    this.#count(block)
    const { startedAt, receivedAt, sampleRateHz, samples, quality, sequence } = block
    const waveform: Waveform = {
      kind: 'waveform',
      sensor: this.#sensor,
      startedAt,
      receivedAt,
      sampleRateHz,
      samples,
      quality,
      ...(sequence === null ? {} : { sequence }),
    }
    return gap ? [gap, waveform] : [waveform]
  }

  #gapBetween(last: Block, block: Block): Gap | undefined {
    const lost = describeLoss(this.#stepTo(block), block)
    if (!lost) return undefined
    const from = last.startedAt + Math.round((last.samples.length / last.sampleRateHz) * 1e6)
    return { kind: 'gap', sensors: [this.#sensor], from: Math.min(from, block.startedAt), to: block.startedAt, ...lost }
  }

  /** How far the counter went on, less the blocks that came without a number; null where one end has none. */
  #stepTo({ sequence }: Block): number | null {
    if (sequence === null || !this.#counted) return null
    const step = (sequence - this.#counted.number) >>> 0
    return step > HALF_RANGE ? step : step - this.#counted.unnumbered
  }

  #count({ sequence }: Block): void {
    if (sequence !== null) this.#counted = { number: sequence, unnumbered: 0 }
    else if (this.#counted) this.#counted.unnumbered++
  }
}

function describeLoss(step: number | null, { overflow, sequence }: Block): Pick<Gap, 'cause' | 'missing'> | undefined {
  if (step !== null && step > HALF_RANGE)
    return { cause: `the block counter went back to ${sequence}: the device started again`, missing: null }
  if (step !== null && step > 1) {
    const why = overflow ? 'the server’s queue ran over' : 'they never came'
    return { cause: `${step - 1} blocks before number ${sequence} are missing: ${why}`, missing: step - 1 }
  }
  return overflow && step === null ? { cause: 'the server’s queue ran over', missing: null } : undefined
}
