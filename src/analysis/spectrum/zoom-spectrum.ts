import { AnalysisFault } from '../analysis-fault.js'
import type { Samples } from '../samples.js'
import { removeMean } from './detrend.js'
import { inverse, nextSmoothSize, planTransform } from './transform.js'
import { type WindowChoice, windowOf } from './window.js'

export interface ZoomSpectrum {
  readonly lowHz: number
  readonly frequencyStepHz: number
  /** Shape (lines,): Σ w[n]·x[n]·e^(−2πi·f·n/fs), not normalised. */
  readonly re: Float64Array
  readonly im: Float64Array
  /** Same shape: the peak amplitude that a sine would need to give this line, unit of the samples. */
  readonly amplitude: Float64Array
}

/**
 * The spectrum of a narrow band on a grid as fine as asked for, by the chirp-z transform. The grid is finer; what two lines need to be told
 * apart is still one over the record's length.
 *
 * @param samples shape (n,), unit u; the mean is removed.
 * @param options.lowHz, highHz 0 ≤ low < high ≤ fs/2; the lines lie at low + k·(high − low)/lines, the last one a step below high.
 * @param options.window hann unless said.
 * @throws AnalysisFault `out-of-range`.
 * @see [Rabiner1969]; numbers checked against scipy.signal.zoom_fft.
 */
export function zoomSpectrum(
  samples: Samples,
  options: {
    readonly sampleRateHz: number
    readonly lowHz: number
    readonly highHz: number
    readonly lines: number
    readonly window?: WindowChoice
  },
): ZoomSpectrum {
  const { sampleRateHz, lowHz, highHz, lines } = options
  if (!(lowHz >= 0) || !(highHz > lowHz) || highHz > sampleRateHz / 2 || !Number.isInteger(lines) || lines < 1) {
    throw new AnalysisFault('out-of-range', `${lines} lines of ${lowHz}–${highHz} Hz cannot come from a rate of ${sampleRateHz} Hz`)
  }
  const length = samples.length
  const weights = windowOf(options.window ?? 'hann', length)
  const centred = removeMean(samples)
  const frequencyStepHz = (highHz - lowHz) / lines
  const { re, im } = chirpZ(
    centred.map((x, k) => x * weights[k]!),
    { start: lowHz / sampleRateHz, step: frequencyStepHz / sampleRateHz, lines },
  )
  const gain = weights.reduce((sum, weight) => sum + weight, 0)
  const amplitude = re.map((part, k) => {
    const frequencyHz = lowHz + k * frequencyStepHz
    return (Math.hypot(part, im[k]!) * (frequencyHz === 0 || 2 * frequencyHz === sampleRateHz ? 1 : 2)) / gain
  })
  return { lowHz, frequencyStepHz, re, im, amplitude }
}

/** Σ x[n]·e^(−2πi·n·(start + k·step)), k = 0 … lines − 1, with n·k = (n² + k² − (k − n)²)/2. */
function chirpZ(
  x: Float64Array,
  { start, step, lines }: { readonly start: number; readonly step: number; readonly lines: number },
): { readonly re: Float64Array; readonly im: Float64Array } {
  const length = x.length
  const plan = planTransform(nextSmoothSize(length + lines - 1))
  const arrays = () => [new Float64Array(plan.size), new Float64Array(plan.size)] as const
  const [re, im] = arrays()
  const [kernelRe, kernelIm] = arrays()
  for (let n = 0; n < length; n++) {
    const angle = -2 * Math.PI * (fraction(n, start) + fraction((n * n) / 2, step))
    re[n] = x[n]! * Math.cos(angle)
    im[n] = x[n]! * Math.sin(angle)
  }
  for (let k = 0; k < Math.max(length, lines); k++) {
    const angle = 2 * Math.PI * fraction((k * k) / 2, step)
    const [real, imaginary] = [Math.cos(angle), Math.sin(angle)]
    if (k < lines) [kernelRe[k], kernelIm[k]] = [real, imaginary]
    if (k > 0 && k < length) [kernelRe[plan.size - k], kernelIm[plan.size - k]] = [real, imaginary]
  }
  plan.forward(re, im)
  plan.forward(kernelRe, kernelIm)
  for (let k = 0; k < plan.size; k++) {
    const real = re[k]! * kernelRe[k]! - im[k]! * kernelIm[k]!
    im[k] = re[k]! * kernelIm[k]! + im[k]! * kernelRe[k]!
    re[k] = real
  }
  inverse(plan, re, im)
  const [linesRe, linesIm] = [new Float64Array(lines), new Float64Array(lines)]
  for (let k = 0; k < lines; k++) {
    const angle = -2 * Math.PI * fraction((k * k) / 2, step)
    linesRe[k] = re[k]! * Math.cos(angle) - im[k]! * Math.sin(angle)
    linesIm[k] = re[k]! * Math.sin(angle) + im[k]! * Math.cos(angle)
  }
  return { re: linesRe, im: linesIm }
}

const SPLITTER = 2 ** 27 + 1

/** a·b modulo 1 to the last place of b, also where a·b is large: the product as an exact sum of two numbers [Dekker1971]. */
function fraction(a: number, b: number): number {
  const product = a * b
  const aHigh = a * SPLITTER - (a * SPLITTER - a)
  const bHigh = b * SPLITTER - (b * SPLITTER - b)
  const [aLow, bLow] = [a - aHigh, b - bHigh]
  const error = aHigh * bHigh - product + aHigh * bLow + aLow * bHigh + aLow * bLow
  return product - Math.floor(product) + error
}
