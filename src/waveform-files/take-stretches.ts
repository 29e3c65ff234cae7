import type { Samples } from '../analysis/samples.js'
import { RunningWhole, type WholeLevels } from '../analysis/vibration/whole-record.js'
import type { SampleRange } from './channel-context.js'
import type { WaveformFile } from './waveform-file.js'

/** Samples that are looked at as one record: 160 s at 25.6 kHz, and what their spectra need fits into memory. */
export const MOST_AT_ONCE = 2 ** 22
/** Where all of a record is asked for, 22 minutes at 25.6 kHz. */
export const MOST_OF_ALL = 2 ** 25
/** Of a longer record, as many stretches, evenly spread. */
export const STRETCHES = 5
export const STRETCH_SAMPLES = 2 ** 20
const BLOCK = 2 ** 20

/** How much of a long record is wanted: evenly spread stretches, or all that can be held. */
export type Amount = 'stretches' | 'all'

export interface TakenStretches {
  readonly ranges: readonly [SampleRange, ...SampleRange[]]
  readonly samples: readonly [Samples, ...Samples[]]
  /** Null where the only stretch is the whole record. */
  readonly levels: WholeLevels | null
  readonly notes: readonly string[]
}

/**
 * The samples of a channel: all of them, or of a long one the levels of all and evenly spread stretches for what needs a spectrum, and a note that
 * says which.
 */
export async function takeStretches(
  file: WaveformFile,
  record: {
    readonly channel: number
    readonly frames: number
    readonly sampleRateHz: number
    readonly unit: string | null
    readonly amount: Amount
  },
): Promise<TakenStretches> {
  const { channel, frames, sampleRateHz } = record
  if (frames <= (record.amount === 'all' ? MOST_OF_ALL : MOST_AT_ONCE)) {
    const range = { from: 0, count: frames }
    return { ranges: [range], samples: [await file.read({ channel, ...range })], levels: null, notes: [] }
  }
  const starts = Array.from({ length: STRETCHES }, (_, k) => Math.floor((k * (frames - STRETCH_SAMPLES)) / (STRETCHES - 1)))
  const stretches: Samples[] = starts.map(() => new Float64Array(0))
  const running = new RunningWhole(record)
  for (let from = 0; from < frames; ) {
    // Never across the start of a stretch: files of text are read forwards only.
    const next = starts.find((start) => start > from) ?? frames
    const stretch = starts.indexOf(from)
    const count = stretch < 0 ? Math.min(BLOCK, next - from) : STRETCH_SAMPLES
    const samples = await file.read({ channel, from, count })
    if (samples.length === 0) break
    running.push(samples)
    if (stretch >= 0) stretches[stretch] = samples
    from += samples.length
  }
  const seconds = (count: number) => `${Number((count / sampleRateHz).toPrecision(4))} s`
  const at = starts.map((start) => seconds(start)).join(', ')
  const note = `spectra and verdicts rest on ${STRETCHES} stretches of ${seconds(STRETCH_SAMPLES)} at ${at} of ${seconds(frames)}; the overall levels on all of it`
  const [firstStart = 0, ...otherStarts] = starts
  const [first = new Float64Array(0), ...others] = stretches
  const rangeAt = (from: number): SampleRange => ({ from, count: STRETCH_SAMPLES })
  return {
    ranges: [rangeAt(firstStart), ...otherStarts.map(rangeAt)],
    samples: [first, ...others],
    levels: running.result(),
    notes: [note],
  }
}
