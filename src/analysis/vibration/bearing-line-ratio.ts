import type { BearingGeometry } from '../../readings/asset.js'
import { AnalysisFault } from '../analysis-fault.js'
import { envelopeSpectrum } from '../bearing/envelope-spectrum.js'
import type { Samples } from '../samples.js'
import { removeMean } from '../spectrum/detrend.js'
import { overNoiseFloor } from '../spectrum/over-noise-floor.js'
import { realSpectrum } from '../spectrum/real-spectrum.js'
import { bearingFrequencies } from './bearing-frequencies.js'

export const BEARING_LINES = ['bpfo', 'bpfi', 'bsf', 'ftf'] as const
export type BearingLine = (typeof BEARING_LINES)[number]

const HARMONICS = 3
/** Real lines lie up to so far off pure rolling. */
const SLIP = 0.03
/** Half the bins that tell the noise. */
const REACH = 50
/** Bins to the first line: nearer, a slip is not told from the bin beside. */
const LEAST_BINS = 8

/**
 * How far a bearing's lines stand over the noise of the pre-whitened envelope spectrum, all of the band: the mean over the first three harmonics of
 * power over floor, at the one slip that makes it greatest. A ratio needs no unit, and holds when a sensor is exchanged.
 *
 * r = max over |s| ≤ 3 % of 1/3 · Σ_h P[h·f·(1+s)] / floor
 *
 * In noise alone it lies about 2 to 4, by how many slips are looked at. A defect on a rolling element strikes twice a turn: bsf stands for 2·BSF.
 *
 * @param samples shape (n,), any unit; n/fs ≥ 8 periods of the line.
 * @throws AnalysisFault `too-few-samples`, `out-of-range` where the rate does not carry the lines.
 * @see [Randall2011], [Borghesani2013]
 */
export function bearingLineRatio(
  samples: Samples,
  record: {
    readonly sampleRateHz: number
    readonly line: BearingLine
    readonly bearing: BearingGeometry
    readonly shaftSpeedRpm: number
  },
): number {
  const { sampleRateHz, line, bearing, shaftSpeedRpm } = record
  const lineHz = bearingFrequencies(bearing, shaftSpeedRpm / 60)[line] * (line === 'bsf' ? 2 : 1)
  const maxHz = lineHz * HARMONICS * (1 + SLIP) * 1.1
  if (maxHz >= sampleRateHz / 4)
    throw new AnalysisFault('out-of-range', `a rate of ${sampleRateHz} Hz carries no envelope up to ${maxHz.toFixed(0)} Hz`)
  if ((lineHz * samples.length) / sampleRateHz < LEAST_BINS) {
    throw new AnalysisFault(
      'too-few-samples',
      `${(samples.length / sampleRateHz).toPrecision(3)} s hold fewer than ${LEAST_BINS} periods of ${lineHz.toFixed(2)} Hz; --window takes more`,
    )
  }
  const { power, resolutionHz } = envelopeSpectrum(realSpectrum(removeMean(samples)), {
    sampleRateHz,
    band: { lowHz: 0, highHz: sampleRateHz / 2 },
    maxHz,
    whitening: 'cepstral',
  })
  const ratios = overNoiseFloor(power, Math.min(REACH, Math.max(8, power.length >> 2)))
  const steps = Math.ceil((SLIP * HARMONICS * lineHz) / resolutionHz)
  let best = 0
  for (let step = -steps; step <= steps; step++) {
    const hz = lineHz * (1 + (SLIP * step) / Math.max(1, steps))
    let sum = 0
    for (let h = 1; h <= HARMONICS; h++) sum += ratios[Math.round((h * hz) / resolutionHz)] ?? 0
    best = Math.max(best, sum / HARMONICS)
  }
  return best
}
