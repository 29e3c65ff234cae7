import { AnalysisFault } from '../analysis-fault.js'
import type { MachineSpeed } from '../rotating/machine-fault.js'
import { SegmentDensities } from '../spectrum/segment-densities.js'
import type { VibrationInput } from './assessment.js'

/** `analyze spectrum --kind waterfall|order-map --json`: a spectrum over time, row by row. */
export interface SpectrumMap {
  readonly schema: 'chatterfix/spectrum-map/1'
  readonly file: string
  readonly channel: string
  readonly kind: 'waterfall' | 'order-map'
  readonly sampleRateHz: number
  readonly durationS: number
  /** Of `values`: a density of power, or a peak amplitude. */
  readonly unit: string
  readonly axis: 'Hz' | 'order'
  /** Column k lies at k·step. */
  readonly step: number
  /** Middle of each row. */
  readonly timeS: readonly number[]
  /** Of each row; null where the speed was not followed. */
  readonly shaftSpeedRpm: readonly number[] | null
  readonly speed: MachineSpeed | null
  readonly values: readonly (readonly number[])[]
  readonly warnings: readonly string[]
}

/** A map holds no more rows. */
export const MOST_ROWS = 240
/** Lines of a row unless a resolution is asked for. */
const LINES = 512
const LONGEST_SEGMENT = 2 ** 20

/**
 * Power density over time and frequency. What falls into one row is averaged in power.
 *
 * @throws AnalysisFault `too-few-samples` where not one segment fits, `out-of-range`, `not-finite`.
 * @see spectrogram
 */
export function waterfall(input: VibrationInput, resolutionHz: number | undefined): SpectrumMap {
  const { samples, sampleRateHz } = input
  const usual = Math.min(2 * LINES, 2 ** Math.floor(Math.log2(Math.max(2, samples.length / 4))))
  const segmentLength = resolutionHz === undefined ? usual : Math.round(sampleRateHz / resolutionHz)
  if (!(segmentLength >= 8 && segmentLength <= LONGEST_SEGMENT) || segmentLength > samples.length) {
    throw new AnalysisFault(
      'too-few-samples',
      `${samples.length} samples at ${sampleRateHz} Hz give no rows of lines ${(sampleRateHz / segmentLength).toPrecision(3)} Hz apart`,
    )
  }
  const densities = new SegmentDensities({ sampleRateHz, segmentLength })
  const segments = Math.floor((samples.length - segmentLength) / Math.ceil(segmentLength / 2)) + 1
  const perRow = Math.ceil(segments / MOST_ROWS)
  const rows: { readonly sum: Float64Array; count: number }[] = []
  densities.push(samples, (density) => {
    let row = rows.at(-1)
    if (row === undefined || row.count === perRow) rows.push((row = { sum: new Float64Array(density.length), count: 0 }))
    for (let k = 0; k < density.length; k++) row.sum[k] = row.sum[k]! + density[k]!
    row.count++
  })
  const rowS = perRow * densities.hopS
  return {
    schema: 'chatterfix/spectrum-map/1',
    file: input.file,
    channel: input.channel,
    kind: 'waterfall',
    sampleRateHz,
    durationS: samples.length / sampleRateHz,
    unit: `(${input.unit ?? 'u'})²/Hz`,
    axis: 'Hz',
    step: densities.frequencyStepHz,
    timeS: rows.map(({ count }, k) => segmentLength / 2 / sampleRateHz + k * rowS + ((count - 1) / 2) * densities.hopS),
    shaftSpeedRpm: null,
    speed: null,
    values: rows.map(({ sum, count }) => Array.from(sum, (power) => power / count)),
    warnings: [...(input.notes ?? []), ...(perRow > 1 ? [`each row is the mean of ${perRow} spectra`] : [])],
  }
}
