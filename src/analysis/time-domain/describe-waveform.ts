import type { Samples } from '../samples.js'
import { RunningLevels, type WaveformLevels } from './running-levels.js'

/**
 * Mean, RMS, peak, crest factor, skewness and kurtosis of one record.
 *
 * @param samples shape (n,), unit u, n ≥ 2, finite.
 * @throws AnalysisFault `too-few-samples`, `not-finite`, `out-of-range`.
 */
export function describeWaveform(samples: Samples): WaveformLevels {
  const running = new RunningLevels()
  running.push(samples)
  return running.levels()
}
