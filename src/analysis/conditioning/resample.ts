import { AnalysisFault } from '../analysis-fault.js'
import type { Samples } from '../samples.js'
import { designFir } from './fir.js'

/** Half the anti-alias filter's length per unit of the larger rate factor, and Kaiser's β of its window; as SciPy has them. */
const HALF_LENGTH = 10
const KAISER_BETA = 5

/** A filter longer than this is a ratio of rates that nobody meant. */
const MAX_FACTOR = 100_000

/**
 * Samples at up/down times the rate, through one anti-alias filter that works on the samples that exist alone (polyphase). Beyond the record
 * everything is taken as zero: remove the mean first, and do not trust the first and last 10 samples of the slower rate.
 *
 * y[i] = up · Σ h[i·down + 10·m − k·up]·x[k],  m = max(up, down)
 *
 * @param samples shape (n,), unit u.
 * @param options up, down: positive integers, reduced by their greatest common divisor.
 * @returns shape (⌈n·up/down⌉,), unit u.
 * @throws AnalysisFault `out-of-range`.
 * @see [Oppenheim2010] §4.6; numbers checked against scipy.signal.resample_poly.
 */
export function resample(samples: Samples, options: { readonly up: number; readonly down: number }): Float64Array {
  const divisor = greatestCommonDivisor(options.up, options.down)
  const [up, down] = [options.up / divisor, options.down / divisor]
  const larger = Math.max(up, down)
  if (!Number.isInteger(up) || !Number.isInteger(down) || Math.min(up, down) < 1 || larger > MAX_FACTOR) {
    throw new AnalysisFault('out-of-range', `a rate cannot be changed by ${options.up}/${options.down}`)
  }
  if (larger === 1) return Float64Array.from(samples)
  const half = HALF_LENGTH * larger
  const filter = designFir({
    taps: 2 * half + 1,
    band: { kind: 'low-pass', edgeHz: 1 },
    sampleRateHz: 2 * larger,
    window: { kaiserBeta: KAISER_BETA },
  })
  const count = Math.ceil((samples.length * up) / down)
  const resampled = new Float64Array(count)
  for (let i = 0; i < count; i++) {
    const centre = i * down + half
    const first = Math.max(0, Math.ceil((centre - 2 * half) / up))
    const last = Math.min(samples.length - 1, Math.floor(centre / up))
    let sum = 0
    for (let k = first; k <= last; k++) sum += filter[centre - k * up]! * samples[k]!
    resampled[i] = up * sum
  }
  return resampled
}

function greatestCommonDivisor(a: number, b: number): number {
  return b === 0 || !Number.isInteger(a) || !Number.isInteger(b) ? a : greatestCommonDivisor(b, a % b)
}
