import { AnalysisFault } from '../analysis-fault.js'
import { type HalfSpectrum, planRealTransform } from '../spectrum/real-spectrum.js'
import { nextSmoothSize, planTransform } from '../spectrum/transform.js'

export interface FrequencyBand {
  readonly lowHz: number
  readonly highHz: number
}

/**
 * What is taken of the complex envelope z: |z|² follows the energy of impacts and has the cleanest theory; |z| lets strong impacts speak less;
 * ln|z|² least of all, so that a few random knocks do not drown what returns.
 */
export type EnvelopeKind = 'squared' | 'modulus' | 'log'

/** Power of the envelope per bin, from 0 Hz up. Line k lies at k·resolutionHz. */
export interface EnvelopeSpectrum {
  readonly resolutionHz: number
  /** Shape (m,), |FFT|² in arbitrary units; only ratios count. */
  readonly power: Float64Array
}

/**
 * Spectrum of the envelope of one band, from the signal's transform.
 *
 * The band's bins alone, moved to 0 Hz, are the complex envelope z (a brick-wall filter without phase); the result is |FFT(|z|²)|², or that of |z| or ln|z|².
 * `cepstral` first divides every bin by its modulus, which takes out all tones and resonances and leaves what is impulsive.
 *
 * @param spectrum        transform of the whole record, mean removed.
 * @param options.band    Hz within 0 … fs/2, at least 16 bins wide.
 * @param options.maxHz   highest line wanted.
 * @param options.envelope squared unless said; the other kinds fold a little of what lies above the band's width back into it.
 * @returns lines at multiples of fs/n, the record's own resolution.
 * @see [Randall2011] for the squared envelope, [Borghesani2013] for cepstrum pre-whitening.
 */
export function envelopeSpectrum(
  spectrum: HalfSpectrum,
  options: {
    readonly sampleRateHz: number
    readonly band: FrequencyBand
    readonly maxHz: number
    readonly whitening: 'none' | 'cepstral'
    readonly envelope?: EnvelopeKind
  },
): EnvelopeSpectrum {
  const resolutionHz = options.sampleRateHz / spectrum.size
  const first = Math.max(1, Math.ceil(options.band.lowHz / resolutionHz))
  const end = Math.min(Math.ceil(spectrum.size / 2), Math.floor(options.band.highHz / resolutionHz) + 1)
  const width = end - first
  if (width < 16) throw new AnalysisFault('too-few-samples', `a band of ${width} bins has no envelope worth the name`)
  const wanted = Math.min(width, Math.floor(options.maxHz / resolutionHz) + 1)
  // Lines of |z|² reach ±width; with this many points what folds back stays above the wanted ones.
  const points = 2 * nextSmoothSize(Math.ceil((width + wanted) / 2))
  const plan = planTransform(points)
  const { input, output } = plan
  input.re.fill(0)
  input.im.fill(0)
  for (let k = 0; k < width; k++) {
    const partRe = spectrum.re[first + k]!
    const partIm = spectrum.im[first + k]!
    const modulus = options.whitening === 'none' ? 1 : Math.sqrt(partRe * partRe + partIm * partIm)
    if (modulus === 0) continue
    const scale = 1 / (modulus * points)
    // Real and imaginary parts exchanged: the forward transform then runs backwards, and the modulus does not mind.
    input.im[k] = partRe * scale
    input.re[k] = partIm * scale
  }
  plan.run()
  const lines = planRealTransform(points).of(envelopeOfParts(output, options.envelope ?? 'squared'))
  const power = new Float64Array(wanted)
  for (let k = 1; k < wanted; k++) power[k] = lines.re[k]! ** 2 + lines.im[k]! ** 2
  return { resolutionHz, power }
}

function envelopeOfParts({ re, im }: { readonly re: Float64Array; readonly im: Float64Array }, kind: EnvelopeKind): Float64Array {
  const square = new Float64Array(re.length)
  for (let k = 0; k < square.length; k++) square[k] = re[k]! * re[k]! + im[k]! * im[k]!
  if (kind === 'squared') return square
  if (kind === 'modulus') return square.map(Math.sqrt)
  // A thousandth of the mean keeps a moment of silence from becoming the loudest event.
  const least = 1e-3 * (square.reduce((sum, value) => sum + value, 0) / square.length) || 1
  return square.map((value) => Math.log(Math.max(value, least)))
}
