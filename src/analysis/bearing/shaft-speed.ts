import type { HalfSpectrum } from '../spectrum/real-spectrum.js'
import { envelopeSpectrum } from './envelope-spectrum.js'
import { lineEvidence } from './line-evidence.js'
import { overNoiseFloor } from './noise-floor.js'

export interface ShaftSpeed {
  /** What the record itself says, Hz; null where no comb of shaft harmonics stands out. */
  readonly estimatedHz: number | null
  /** False where the record shows a clear comb at another speed and a weaker one, or none, at the given one. */
  readonly isPlausible: boolean
}

const HARMONICS = 5
const SEARCH = { low: 0.6, high: 1.6 } as const
/** A stated speed may be this far off and still be the same speed: slip, load, a rounded nameplate. */
const AGREEMENT = 0.02
/** Mean −ln p of the comb's lines. Ten noise lines average this less than once in 10^8 (gamma tail); the search looks at some 10^4 places. */
const CLEAR_EVIDENCE = 4
/**
 * The given speed keeps the benefit of the doubt while its comb has this share of the best one's strength. Chosen on the development
 * records: right speeds keep 0.78 or more, speeds wrong by 5 to 30 % lose it in all of 148 trials.
 */
const AS_GOOD_AS = 0.75

/**
 * Looks for harmonics 1 to 5 of the shaft in the spectrum and in the envelope spectrum, from 0.6 to 1.6 times the given speed.
 *
 * strength = mean of ln(1 + line/floor) over the ten lines, the h-th weighted 1/h. A comb at half or double the true speed holds true harmonics too; the range
 * leaves both out.
 *
 * @param spectrum transform of the whole record, mean removed.
 * @param options.givenHz the stated speed, rotations per second.
 */
export function checkShaftSpeed(spectrum: HalfSpectrum, options: { readonly sampleRateHz: number; readonly givenHz: number }): ShaftSpeed {
  const { givenHz } = options
  const resolutionHz = options.sampleRateHz / spectrum.size
  const views = shaftViews(spectrum, options)
  const evidence = views.map((ratios) => lineEvidence(ratios, () => false))
  const strengthAt = (hz: number) => combMean(views, hz / resolutionHz, (ratio) => Math.log1p(ratio))
  let estimatedHz = givenHz
  let best = 0
  let nearGiven = 0
  let nearGivenHz = givenHz
  for (let hz = SEARCH.low * givenHz; hz <= SEARCH.high * givenHz; hz += resolutionHz / (2 * HARMONICS)) {
    const strength = strengthAt(hz)
    if (Math.abs(hz / givenHz - 1) <= AGREEMENT && strength > nearGiven) {
      nearGiven = strength
      nearGivenHz = hz
    }
    if (strength <= best) continue
    best = strength
    estimatedHz = hz
  }
  const isPlausible = nearGiven >= AS_GOOD_AS * best
  const foundHz = isPlausible ? nearGivenHz : estimatedHz
  const isClear = combMean(evidence, foundHz / resolutionHz, (surprise) => surprise) >= CLEAR_EVIDENCE
  return isClear ? { estimatedHz: foundHz, isPlausible } : { estimatedHz: null, isPlausible: true }
}

/** Spectrum and envelope spectrum of the whole range, lines over noise floor, as far up as the search needs. */
function shaftViews(
  spectrum: HalfSpectrum,
  { sampleRateHz, givenHz }: { readonly sampleRateHz: number; readonly givenHz: number },
): Float64Array[] {
  const resolutionHz = sampleRateHz / spectrum.size
  const maxHz = Math.min(sampleRateHz / 2, SEARCH.high * HARMONICS * givenHz * 1.1)
  const signal = spectrum.re.slice(0, Math.floor(maxHz / resolutionHz) + 1).map((re, k) => (k === 0 ? 0 : re ** 2 + spectrum.im[k]! ** 2))
  const envelope = envelopeSpectrum(spectrum, { sampleRateHz, band: { lowHz: 0, highHz: sampleRateHz / 2 }, maxHz, whitening: 'none' })
  return [signal, envelope.power].map((power) => overNoiseFloor(power, Math.max(16, Math.ceil(givenHz / resolutionHz))))
}

function combMean(views: readonly Float64Array[], fundamentalBins: number, value: (line: number) => number): number {
  let sum = 0
  let weights = 0
  for (const view of views) {
    for (let h = 1; h <= HARMONICS; h++) {
      sum += value(view[Math.round(h * fundamentalBins)] ?? 0) / h
      weights += 1 / h
    }
  }
  return sum / weights
}
