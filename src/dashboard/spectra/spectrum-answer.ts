import type { FrequencyBand } from '../../analysis/bearing/envelope-spectrum.js'
import type { EpochMicros } from '../../readings/time.js'

/** What a pane wants of the samples of one sensor. */
export interface SpectrumWish {
  /** In `live`. */
  readonly row: number
  readonly kind: 'spectrum' | 'envelope'
  /** Samples to work on; as many as there are and the budget allows. */
  readonly length: number
  /** Highest line of an envelope that is of use, Hz. */
  readonly envelopeToHz: number
  /** Another number has the band of an envelope chosen again. */
  readonly bandNumber: number
  /** Not more often than this. */
  readonly everyMs: number
  /** `held`: what there is, no newer samples. */
  readonly drawing: 'running' | 'held'
}

/** A spectrum and what it was made of. Line k lies at k·stepHz. */
export interface LiveSpectrum {
  readonly stepHz: number
  /** Peak amplitude in the sensor's unit; of an envelope: multiples of its median line. */
  readonly values: Float64Array
  readonly samples: number
  readonly sampleRateHz: number
  /** Of the last sample. */
  readonly at: EpochMicros
  /** That the envelope was taken of. */
  readonly band: FrequencyBand | null
}

/** A line of a waterfall; line k lies at k·stepHz, peak amplitude in the sensor's unit. */
export interface WaterfallRow {
  readonly at: EpochMicros
  readonly stepHz: number
  readonly values: Float32Array
}

export type SpectrumAnswer =
  | { readonly state: 'ready'; readonly spectrum: LiveSpectrum; readonly waterfall: readonly WaterfallRow[] }
  | { readonly state: 'missing'; readonly because: string }

/** Where panes ask at every frame. The answer is what has been worked out so far; that it was asked for keeps it coming. */
export interface SpectrumSource {
  ask(wish: SpectrumWish): SpectrumAnswer
}
