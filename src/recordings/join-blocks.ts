import { isBad } from '../readings/quality.js'
import type { EpochMicros } from '../readings/time.js'

/** What decides whether two recorded rows of a waveform belong together; the samples need only be counted. */
export interface BlockOutline {
  readonly startedAt: EpochMicros
  readonly sampleRateHz: number
  /** The sender's block counter; null where it has none. */
  readonly sequence: number | null
  readonly fragment: number
  readonly quality: number
  readonly samples: { readonly length: number }
}

/** One recorded row of a waveform. */
export interface WaveformBlock extends BlockOutline {
  readonly samples: Float32Array | Float64Array
}

/** Evenly spaced samples without a hole. */
export interface WaveformStretch {
  readonly startedAt: EpochMicros
  readonly sampleRateHz: number
  /** Shape (n,), in the sensor's unit. */
  readonly samples: Float32Array | Float64Array
}

/**
 * How far the time of a block may lie from where the block before ended, as a share of the longer of the two. Devices stamp
 * blocks with some jitter; a lost block shows as a whole block, or in the counter.
 */
const TOLERANCE = 0.25

/** Joins blocks in time order into stretches; breaks at another rate, a jump in time or counter, and at bad quality. */
export function joinBlocks(blocks: readonly WaveformBlock[]): WaveformStretch[] {
  const groups: WaveformBlock[][] = []
  let previous: WaveformBlock | null = null
  for (const block of blocks) {
    if (isBad(block.quality) || block.samples.length === 0) {
      previous = null
      continue
    }
    if (previous !== null && follows(block, previous)) groups.at(-1)?.push(block)
    else groups.push([block])
    previous = block
  }
  return groups.map(joined)
}

/** Whether a block goes on where the one before ended. */
export function follows(block: BlockOutline, before: BlockOutline): boolean {
  if (block.sampleRateHz !== before.sampleRateHz) return false
  if (block.sequence !== null && before.sequence !== null) {
    const isNext = block.sequence === before.sequence + 1 && block.fragment === 0
    const isRest = block.sequence === before.sequence && block.fragment === before.fragment + 1
    if (!isNext && !isRest) return false
  }
  const microsPerSample = 1e6 / block.sampleRateHz
  const expectedAt = before.startedAt + before.samples.length * microsPerSample
  const longest = Math.max(block.samples.length, before.samples.length) * microsPerSample
  return Math.abs(block.startedAt - expectedAt) <= Math.max(TOLERANCE * longest, 1)
}

function joined(blocks: readonly WaveformBlock[]): WaveformStretch {
  const total = blocks.reduce((sum, { samples }) => sum + samples.length, 0)
  const isDouble = blocks.some(({ samples }) => samples instanceof Float64Array)
  const samples = isDouble ? new Float64Array(total) : new Float32Array(total)
  let offset = 0
  for (const block of blocks) {
    samples.set(block.samples, offset)
    offset += block.samples.length
  }
  return { startedAt: blocks[0]?.startedAt ?? 0, sampleRateHz: blocks[0]?.sampleRateHz ?? 0, samples }
}
