import type { Picture } from '../../picture.js'
import type { SpectrumAnswer, SpectrumWish } from '../../spectra/spectrum-answer.js'
import type { KnownMachine } from './machine-lines.js'
import { LENGTHS, type SpectrumState } from './spectrum-state.js'

const EVERY_MS = 1000
const EVERY_LOW_BANDWIDTH_MS = 5000
/** Longer than this a spectrum shows what was, not what is. The power of two below it is more than a second, so lines lie less than 1 Hz apart. */
const USUAL_S = 2
/** An envelope says what returns some hundred times a second at most; without a bearing nobody knows more. */
const ENVELOPE_ALONE_HZ = 500
/** Three harmonics of the fastest, and room for their sidebands. */
const ENVELOPE_REACH = 3.4

/** What has been worked out for a pane so far. */
export function spectrumFor(picture: Picture, row: number, state: SpectrumState, { fastestHz }: KnownMachine): SpectrumAnswer {
  const wish: SpectrumWish = {
    row,
    kind: state.kind === 'envelope' ? 'envelope' : 'spectrum',
    length: lengthFor(picture, row, state),
    envelopeToHz: fastestHz === null ? ENVELOPE_ALONE_HZ : ENVELOPE_REACH * fastestHz,
    bandNumber: state.bandNumber,
    everyMs: everyMs(picture.bandwidth),
    drawing: picture.screen.drawing,
  }
  return picture.spectra?.ask(wish) ?? { state: 'missing', because: 'nothing works spectra out in this run' }
}

/** The length that was chosen; else some seconds of the signal. */
export function lengthFor({ live }: Picture, row: number, { length }: Pick<SpectrumState, 'length'>): number {
  const rate = live.waveforms[row]?.sampleRateHz ?? 0
  return length ?? LENGTHS.findLast((known) => known <= rate * USUAL_S) ?? LENGTHS[0]
}

/** A spectrum is worked out anew no sooner than this. */
export function everyMs(bandwidth: Picture['bandwidth']): number {
  return bandwidth === 'low' ? EVERY_LOW_BANDWIDTH_MS : EVERY_MS
}
