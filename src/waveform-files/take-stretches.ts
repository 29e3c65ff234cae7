import type { Samples } from '../analysis/samples.js'
import type { VibrationInput } from '../analysis/vibration/assessment.js'
import { RunningWhole } from '../analysis/vibration/whole-record.js'
import type { WaveformFile } from './waveform-file.js'

/** Samples that are looked at as one record: 160 s at 25.6 kHz, and what their spectra need fits into memory. */
const MOST_AT_ONCE = 2 ** 22
/** Of a longer record, as many stretches, evenly spread. */
const STRETCHES = 5
const STRETCH_SAMPLES = 2 ** 20
const BLOCK = 2 ** 20

/**
 * The samples of a channel: all of them, or of a long one the levels of all and evenly spread stretches for what needs a spectrum, and a note that
 * says which.
 */
export async function takeStretches(
  file: WaveformFile,
  record: { readonly channel: number; readonly frames: number; readonly sampleRateHz: number; readonly unit: string | null },
): Promise<Pick<VibrationInput, 'samples' | 'whole'> & { readonly notes: readonly string[] }> {
  const { channel, frames, sampleRateHz } = record
  if (frames <= MOST_AT_ONCE) return { samples: await file.read({ channel, from: 0, count: frames }), notes: [] }
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
  const [samples = new Float64Array(0), ...others] = stretches
  const seconds = (count: number) => `${Number((count / sampleRateHz).toPrecision(4))} s`
  const at = starts.map((start) => seconds(start)).join(', ')
  const note = `spectra and verdicts rest on ${STRETCHES} stretches of ${seconds(STRETCH_SAMPLES)} at ${at} of ${seconds(frames)}; the overall levels on all of it`
  return { samples, whole: { levels: running.result(), durationS: frames / sampleRateHz, others }, notes: [note] }
}
