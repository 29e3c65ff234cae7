import type { FrequencyBand } from '../bearing/envelope-spectrum.js'
import type { MachineSpeed } from '../rotating/machine-fault.js'
import type { LineShape } from '../spectrum/line-top.js'

/** Values at even steps: value k lies at start + k·step. */
export interface PlainSpectrum {
  /** Not 0 where only a part was looked at. */
  readonly start?: number
  readonly step: number
  readonly values: Float64Array
  readonly unit: string
  readonly axis: 'Hz' | 'order' | 's'
  /** Of the envelope: the band it was taken of. */
  readonly band: FrequencyBand | null
  /** What a sine looks like, where that is known: the top of a line is then exact. */
  readonly line?: LineShape
  /** What amplitudes were multiplied by at a place of the axis; 1 everywhere unless said. */
  readonly weightAt?: (at: number) => number
  /** Of orders: the speed that they rest on. */
  readonly speed?: MachineSpeed
  readonly warnings?: readonly string[]
}

/** What is asked of a spectrum beyond its kind. */
export interface SpectrumWishes {
  readonly resolutionHz: number | undefined
  /** Of the envelope. */
  readonly band: FrequencyBand | undefined
  /** Only this part, with finer steps. */
  readonly zoom?: FrequencyBand | undefined
}
