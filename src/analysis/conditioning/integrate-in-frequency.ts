import { AnalysisFault } from '../analysis-fault.js'
import type { Samples } from '../samples.js'
import { removeMean } from '../spectrum/detrend.js'
import { realSpectrum, signalOf } from '../spectrum/real-spectrum.js'

/**
 * Integrates (or, with a negative order, differentiates) in the frequency domain: each line within the band divided by (i2πf)^order, all else
 * left out. Exact for what repeats within the record; what does not, wraps round its ends.
 *
 * @param samples shape (n,), unit u; the mean is left out.
 * @param options.order  1 velocity from acceleration, 2 displacement, −1 acceleration from velocity.
 * @param options.band   Hz, 0 < low ≤ high ≤ fs/2.
 * @returns shape (n,), u·s^order.
 * @throws AnalysisFault `out-of-range`.
 */
export function integrateInFrequency(
  samples: Samples,
  options: {
    readonly sampleRateHz: number
    readonly order: -2 | -1 | 1 | 2
    readonly band: { readonly lowHz: number; readonly highHz: number }
  },
): Float64Array {
  const { sampleRateHz, order, band } = options
  if (!(band.lowHz > 0) || !(band.highHz >= band.lowHz) || band.highHz > sampleRateHz / 2) {
    throw new AnalysisFault('out-of-range', `${band.lowHz}–${band.highHz} Hz is no band of a record at ${sampleRateHz} Hz`)
  }
  const { size, re, im } = realSpectrum(removeMean(samples))
  for (let k = 0; k < re.length; k++) {
    const frequencyHz = (k * sampleRateHz) / size
    const isWithin = frequencyHz >= band.lowHz * (1 - 1e-12) && frequencyHz <= band.highHz * (1 + 1e-12)
    const gain = isWithin ? (2 * Math.PI * frequencyHz) ** -order : 0
    const [real, imaginary] = [re[k]! * gain, im[k]! * gain]
    // Divided by i^order: a quarter turn back per integration.
    if (Math.abs(order) === 2) {
      re[k] = -real
      im[k] = -imaginary
    } else {
      re[k] = order * imaginary
      im[k] = -order * real
    }
  }
  return signalOf({ size, re, im })
}
