import { AnalysisFault } from '../analysis-fault.js'
import { MAINS_HZ } from '../mains.js'
import type { Samples } from '../samples.js'
import { removeMean } from '../spectrum/detrend.js'
import { type HalfSpectrum, realSpectrum } from '../spectrum/real-spectrum.js'
import { CALLED_AT_LOG10 } from './conclude-verdict.js'
import { kurtogramOfWidth, strongestBand } from './impulsive-band.js'
import type { Kurtogram } from './kurtogram.js'
import { lineEvidence, lineReach } from './line-evidence.js'
import { type NamedBand, preWhitenedView, rangeAndQuarters } from './pre-whitened-views.js'
import { logChanceOf, noiseOfEvidence } from './significance.js'

/** Impulses that return, of whatever part of a machine. */
export interface RepeatingImpulses {
  /** How often they return, Hz. */
  readonly rateHz: number
  /** Lines of the envelope that stand clear, among the first five. */
  readonly harmonics: readonly { readonly frequencyHz: number; readonly overNoiseDb: number }[]
  /** Of the complex envelope in the most impulsive band that can carry them, above that of Gaussian noise. */
  readonly excessKurtosis: number
  /** The mains frequency of which the rate is a multiple; null where it is none. */
  readonly mainsHz: number | null
}

const HARMONICS = 5
/** One of them may be hidden; the first may not, or the rate would be another. */
const LEAST_CLEAR = 4
/** A line as clear as this comes once in a thousand places of noise. */
const CLEAR = 7
/** Noise that swells as a sine, however deep, stays below 2: E[a⁴]/E[a²]² of a = 1 + cos is 1.94. Only what is short against its period gives more. */
const LEAST_EXCESS = 3
/** Fewer repetitions are no rate. */
const LEAST_REPETITIONS = 20
const SOUGHT = { lowHz: 5, highHz: 1000, shareOfRate: 1 / 32 } as const
/** Of the neighbourhood that is the noise of a line. */
const FLOOR_REACH_HZ = 10
/** Narrower bands smooth the impulses away. */
export const WIDTHS_OF_RATE = 3

/**
 * Impulses that return evenly, found without knowing shaft or bearing: five harmonics of one rate in a pre-whitened envelope spectrum, of the whole range
 * or a quarter of it, in a signal that is impulsive. All rates that were tried are paid for in the chance.
 *
 * @param samples shape (n,), any unit.
 * @returns null where nothing of the kind stands clear, or where the record is too short to tell.
 * @see [Randall2011], [Borghesani2013]; false alarms are counted in test/analysis/bearing/repeating-impulses.test.ts.
 */
export function repeatingImpulses(samples: Samples, { sampleRateHz }: { readonly sampleRateHz: number }): RepeatingImpulses | null {
  const resolutionHz = sampleRateHz / samples.length
  const lowHz = Math.max(SOUGHT.lowHz, LEAST_REPETITIONS * resolutionHz)
  const highHz = Math.min(SOUGHT.highHz, SOUGHT.shareOfRate * sampleRateHz)
  if (samples.length < 2048 || lowHz >= highHz) return null
  // No band that could carry any rate is impulsive: nothing found below would be believed, and the search costs more than this look.
  const kurtogram = kurtogramOrNull(samples, { sampleRateHz, leastWidthHz: WIDTHS_OF_RATE * lowHz })
  if (kurtogram === null || kurtogram.max.kurtosis < LEAST_EXCESS) return null
  const spectrum = realSpectrum(removeMean(samples))
  const bands = rangeAndQuarters(sampleRateHz)
  let clearest: Comb | null = null
  for (const band of bands) {
    const comb = clearestComb(spectrum, band, { sampleRateHz, lowHz, highHz, views: bands.length })
    if (comb !== null && (clearest === null || comb.strength > clearest.strength)) clearest = comb
  }
  if (clearest === null) return null
  const { rateHz, harmonics } = clearest
  const { kurtosis } = strongestBand(kurtogram, WIDTHS_OF_RATE * rateHz)
  return kurtosis < LEAST_EXCESS ? null : { rateHz, harmonics, excessKurtosis: kurtosis, mainsHz: mainsOf(rateHz, resolutionHz) }
}

function kurtogramOrNull(samples: Samples, bands: { readonly sampleRateHz: number; readonly leastWidthHz: number }): Kurtogram | null {
  try {
    return kurtogramOfWidth(samples, bands)
  } catch (thrown) {
    // A record without movement, or with values that are none, has no bands.
    if (thrown instanceof AnalysisFault) return null
    throw thrown
  }
}

interface Comb extends Pick<RepeatingImpulses, 'rateHz' | 'harmonics'> {
  /** Mean of ln(1 + line/floor). */
  readonly strength: number
}

function clearestComb(
  spectrum: HalfSpectrum,
  named: NamedBand,
  options: { readonly sampleRateHz: number; readonly lowHz: number; readonly highHz: number; readonly views: number },
): Comb | null {
  const { sampleRateHz, lowHz, highHz, views } = options
  const maxHz = Math.min(1.02 * HARMONICS * highHz, (named.band.highHz - named.band.lowHz) / 2)
  const { ratios, resolutionHz } = preWhitenedView(spectrum, named, { sampleRateHz, maxHz, reachHz: FLOOR_REACH_HZ })
  const strengths = ratios.map(Math.log1p)
  const step = resolutionHz / (2 * HARMONICS)
  let [rateHz, strength] = [0, 0]
  for (let hz = lowHz; hz <= Math.min(highHz, maxHz / HARMONICS); hz += step) {
    const found = meanOf(strengths, hz / resolutionHz)
    if (found > strength) [rateHz, strength] = [hz, found]
  }
  if (rateHz === 0) return null
  const evidence = lineEvidence(ratios)
  const heard = orders.map((h) => evidence[Math.round((h * rateHz) / resolutionHz)] ?? 0)
  const clear = orders.filter((_, k) => (heard[k] ?? 0) >= CLEAR)
  if (!clear.includes(1) || clear.length < LEAST_CLEAR) return null
  const score = heard.reduce((sum, value) => sum + value, 0) / HARMONICS - 1
  const trials = (views * (highHz - lowHz)) / step
  const logChance = logChanceOf({ score, slip: 0, spread: 1 / HARMONICS, trials }, noiseOfEvidence(evidence))
  if (logChance > CALLED_AT_LOG10 * Math.LN10) return null
  return { rateHz, strength, harmonics: clear.map((h) => lineNear(ratios, { hz: h * rateHz, resolutionHz })) }
}

const orders = Array.from({ length: HARMONICS }, (_, k) => k + 1)

function meanOf(strengths: Float64Array, bins: number): number {
  let sum = 0
  for (let h = 1; h <= HARMONICS; h++) sum += strengths[Math.round(h * bins)] ?? 0
  return sum / HARMONICS
}

function lineNear(ratios: Float64Array, { hz, resolutionHz }: { readonly hz: number; readonly resolutionHz: number }) {
  const centre = Math.round(hz / resolutionHz)
  const reach = lineReach(centre)
  let best = centre
  for (let bin = Math.max(2, centre - reach); bin <= centre + reach; bin++) if ((ratios[bin] ?? 0) > (ratios[best] ?? 0)) best = bin
  return { frequencyHz: best * resolutionHz, overNoiseDb: 10 * Math.log10(ratios[best] ?? 1) }
}

/** Five harmonics tell a rate five times finer than one line; grids keep theirs within 0.05 %. */
function mainsOf(rateHz: number, resolutionHz: number): number | null {
  const isMultiple = (mains: number) => {
    const multiple = Math.round(rateHz / mains)
    return multiple > 0 && Math.abs(rateHz - multiple * mains) <= Math.max(0.0005 * rateHz, resolutionHz / 2)
  }
  return MAINS_HZ.find(isMultiple) ?? null
}
