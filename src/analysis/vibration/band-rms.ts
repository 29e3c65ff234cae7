import { AnalysisFault } from '../analysis-fault.js'
import type { FrequencyBand } from '../bearing/envelope-spectrum.js'
import type { Samples } from '../samples.js'
import { removeMean } from '../spectrum/detrend.js'
import { realSpectrum } from '../spectrum/real-spectrum.js'

/** The band of ISO 20816-3 for machines above 600 rpm. */
export const ISO_BAND_HZ: FrequencyBand = { lowHz: 10, highHz: 1000 }

/** Fewer periods of the lowest frequency make its share of the RMS a matter of chance. */
const LEAST_PERIODS = 10

/**
 * RMS within a band, as it is or integrated once (acceleration in, velocity out), in the frequency domain over the whole record:
 * no drift, no start-up.
 *
 * rms² = Σ 2·|X[k]|² / (n·(2πf_k)^p)²   over low ≤ f_k ≤ high;  p = 0 as it is, 1 integrated
 *
 * @param samples shape (n,), unit u.
 * @param options.band Hz; high ≤ fs/2, and the record holds at least ten periods of `low`.
 * @returns u, or u·s where integrated (m/s² → m/s).
 * @throws AnalysisFault `out-of-range` where the rate does not reach `high`, `too-few-samples` where the record is too short.
 * @see [ISO20816-3]; agrees with reference_scalars.csv of the bearing records to its printed digits.
 */
export function bandRms(
  samples: Samples,
  options: { readonly sampleRateHz: number; readonly band: FrequencyBand; readonly integrated: 'once' | 'not' },
): number {
  const { sampleRateHz, band, integrated } = options
  const size = samples.length
  if (band.highHz > sampleRateHz / 2) {
    throw new AnalysisFault(
      'out-of-range',
      `a rate of ${sampleRateHz} Hz ends at ${sampleRateHz / 2} Hz, below the ${band.highHz} Hz of the band`,
    )
  }
  if ((size / sampleRateHz) * band.lowHz < LEAST_PERIODS) {
    throw new AnalysisFault(
      'too-few-samples',
      `${(size / sampleRateHz).toPrecision(3)} s hold fewer than ${LEAST_PERIODS} periods of ${band.lowHz} Hz`,
    )
  }
  const { re, im } = realSpectrum(removeMean(samples))
  // A line that lies on an edge belongs to the band, whatever the last digit of its bin says.
  const first = Math.ceil((band.lowHz * size) / sampleRateHz - 1e-9)
  const last = Math.floor((band.highHz * size) / sampleRateHz + 1e-9)
  let sum = 0
  for (let k = first; k <= last; k++) {
    const divisor = integrated === 'once' ? (2 * Math.PI * k * sampleRateHz) / size : 1
    const sides = 2 * k === size ? 1 : 2
    sum += (sides * (re[k]! ** 2 + im[k]! ** 2)) / (divisor * size) ** 2
  }
  return Math.sqrt(sum)
}
