import { isBad } from '../readings/quality.js'
import type { EpochMicros } from '../readings/time.js'
import { type BlockOutline, follows } from './join-blocks.js'

/** An unbroken stretch of waveform, without its samples. */
export interface StretchOutline {
  readonly startedAt: EpochMicros
  readonly endedAt: EpochMicros
  readonly sampleRateHz: number
  readonly length: number
  /** The times of the rows that hold its tail, first and last. */
  readonly tail: { readonly firstRowAt: EpochMicros; readonly lastRowAt: EpochMicros }
}

export interface StretchSearch {
  /** The next block in time order. */
  add(block: BlockOutline): void
  /** @returns the longest stretch by duration, the first of equals; null where there is none. `stretches` counts all. */
  end(): { readonly longest: StretchOutline | null; readonly stretches: number }
}

type Row = { readonly at: EpochMicros; readonly length: number }
type Open = { readonly startedAt: EpochMicros; readonly sampleRateHz: number; length: number; tail: Row[]; tailLength: number }

/**
 * Looks for the longest stretch among blocks that come one by one; holds no more than the rows of one tail. Joins as joinBlocks does.
 *
 * @param tailS  how much of its end is wanted, in seconds.
 */
export function searchLongestStretch(tailS: number): StretchSearch {
  let open: Open | null = null
  let before: BlockOutline | null = null
  let longest: StretchOutline | null = null
  let stretches = 0

  function close(): void {
    if (open !== null && (longest === null || durationS(open) > durationS(longest))) longest = outlineOf(open)
    open = null
    before = null
  }

  return {
    add(block) {
      if (isBad(block.quality) || block.samples.length === 0 || !(block.sampleRateHz > 0)) {
        close()
        return
      }
      if (before === null || open === null || !follows(block, before)) {
        close()
        stretches++
        open = { startedAt: block.startedAt, sampleRateHz: block.sampleRateHz, length: 0, tail: [], tailLength: 0 }
      }
      before = block
      lengthen(open, block, tailS * block.sampleRateHz)
    },
    end() {
      close()
      return { longest, stretches }
    },
  }
}

function lengthen(open: Open, { startedAt, samples }: BlockOutline, wanted: number): void {
  open.length += samples.length
  open.tailLength += samples.length
  open.tail.push({ at: startedAt, length: samples.length })
  let spare = 0
  while (open.tailLength - (open.tail[spare]?.length ?? 0) >= wanted) open.tailLength -= open.tail[spare++]?.length ?? 0
  if (spare > 0) open.tail.splice(0, spare)
}

function outlineOf({ startedAt, sampleRateHz, length, tail }: Open): StretchOutline {
  const [first, last] = [tail[0], tail.at(-1)]
  const lastRowAt = last?.at ?? startedAt
  const endedAt = lastRowAt + Math.round(((last?.length ?? 0) / sampleRateHz) * 1e6)
  return { startedAt, endedAt, sampleRateHz, length, tail: { firstRowAt: first?.at ?? startedAt, lastRowAt } }
}

function durationS({ length, sampleRateHz }: { readonly length: number; readonly sampleRateHz: number }): number {
  return length / sampleRateHz
}
