import { AnalysisFault } from '../analysis-fault.js'
import type { Samples } from '../samples.js'
import { SegmentDensities } from './segment-densities.js'
import type { WelchOptions } from './welch-average.js'

/** Density over time and frequency: row by row, as a waterfall is drawn. */
export interface Spectrogram {
  readonly frequencyStepHz: number
  /** Shape (rows,): the middle of each segment, s from the first sample. */
  readonly timeS: Float64Array
  /** rows of shape (⌊m/2⌋+1,), u²/Hz. */
  readonly density: readonly Float64Array[]
}

/**
 * Short-time power density of a record; the mean of each segment is removed.
 *
 * @param samples shape (n,), unit u, n ≥ segmentLength.
 * @param options as of `WelchAverage`.
 * @throws AnalysisFault `too-few-samples`, `out-of-range`, `not-finite`.
 * @see numbers checked against scipy.signal.spectrogram.
 */
export function spectrogram(samples: Samples, options: WelchOptions): Spectrogram {
  const densities = new SegmentDensities(options)
  const rows: Float64Array[] = []
  densities.push(samples, (density) => rows.push(density.slice()))
  if (rows.length === 0) {
    throw new AnalysisFault('too-few-samples', `${samples.length} samples are fewer than one segment of ${options.segmentLength}`)
  }
  const firstS = options.segmentLength / 2 / options.sampleRateHz
  return {
    frequencyStepHz: densities.frequencyStepHz,
    timeS: Float64Array.from(rows, (_, row) => firstS + row * densities.hopS),
    density: rows,
  }
}
