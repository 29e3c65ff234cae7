import { AnalysisFault } from '../analysis-fault.js'
import type { Samples } from '../samples.js'

/** What the shape of a waveform says before any spectrum. All about the mean. */
export interface WaveformStatistics {
  /** Unit u of the samples. */
  readonly mean: number
  /** √(mean (x − mean)²), unit u. */
  readonly rms: number
  /** max |x − mean|, unit u. */
  readonly peak: number
  /** peak / rms; null for a constant signal. */
  readonly crestFactor: number | null
  /** m4 / m2², biased and not reduced by 3 (a Gaussian gives 3), as scipy.stats.kurtosis(fisher=False); null for a constant signal. */
  readonly kurtosis: number | null
}

/**
 * Mean, RMS, peak, crest factor and kurtosis in two passes.
 *
 * @param samples shape (n,), unit u, n ≥ 2, finite.
 * @throws AnalysisFault `too-few-samples`, `not-finite`.
 */
export function describeWaveform(samples: Samples): WaveformStatistics {
  const count = samples.length
  if (count < 2) throw new AnalysisFault('too-few-samples', `${count} samples say nothing about a waveform`)
  let sum = 0
  for (let k = 0; k < count; k++) sum += samples[k]!
  if (!Number.isFinite(sum)) throw new AnalysisFault('not-finite', 'the waveform holds values that are not finite numbers')
  const mean = sum / count
  let second = 0
  let fourth = 0
  let peak = 0
  for (let k = 0; k < count; k++) {
    const deviation = samples[k]! - mean
    const square = deviation * deviation
    second += square
    fourth += square * square
    if (deviation > peak) peak = deviation
    else if (-deviation > peak) peak = -deviation
  }
  const variance = second / count
  const isConstant = peak <= 1e-12 * Math.abs(mean) || variance === 0
  return {
    mean,
    rms: Math.sqrt(variance),
    peak,
    crestFactor: isConstant ? null : peak / Math.sqrt(variance),
    kurtosis: isConstant ? null : fourth / count / (variance * variance),
  }
}
