import { MAINS_HZ } from '../mains.js'
import { overNoiseFloor } from '../spectrum/over-noise-floor.js'
import type { HalfSpectrum } from '../spectrum/real-spectrum.js'
import { SLIP_TOLERANCE, SPEED_TOLERANCE } from './comb-search.js'
import { envelopeSpectrum } from './envelope-spectrum.js'
import { lineEvidence } from './line-evidence.js'
import { CLEAR_EVIDENCE, speedMultiple } from './speed-multiple.js'

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
/**
 * The given speed keeps the benefit of the doubt while its comb has this share of the best one's strength. Chosen on the development
 * records: right speeds keep 0.78 or more, speeds wrong by 5 to 30 % lose it in all of 148 trials.
 */
const AS_GOOD_AS = 0.75

/**
 * Looks for harmonics 1 to 5 of the shaft in the spectrum and in the envelope spectrum, from 0.6 to 1.6 times the given speed.
 *
 * strength = mean of ln(1 + line/floor) over the ten lines, the h-th weighted 1/h. A comb at half or double the true speed holds true harmonics too; the range
 * leaves both out, and what stands between the lines and what does not tells a half, a third, double and triple (speed-multiple.ts).
 *
 * @param spectrum transform of the whole record, mean removed.
 * A cage that strikes fills the envelope with multiples of its own frequency; a comb at one of them must stand in the signal itself.
 *
 * @param options.givenHz the stated speed, rotations per second.
 * @param options.cageHz FTF at that speed.
 */
export function checkShaftSpeed(
  spectrum: HalfSpectrum,
  options: { readonly sampleRateHz: number; readonly givenHz: number; readonly cageHz: number },
): ShaftSpeed {
  const { givenHz, cageHz } = options
  const resolutionHz = options.sampleRateHz / spectrum.size
  const views = shaftViews(spectrum, { ...options, highestHz: SEARCH.high * givenHz, lowestHz: givenHz })
  const evidence = views.map((ratios) => lineEvidence(ratios))
  const strengths = views.map((ratios) => ratios.map(Math.log1p))
  const heardAt = (hz: number, all: readonly Float64Array[]) => (isCageComb(hz, cageHz) ? all.slice(0, 1) : all)
  let estimatedHz = givenHz
  let best = 0
  let nearGiven = 0
  let nearGivenHz = givenHz
  for (let hz = SEARCH.low * givenHz; hz <= SEARCH.high * givenHz; hz += resolutionHz / (2 * HARMONICS)) {
    const isGiven = Math.abs(hz / givenHz - 1) <= AGREEMENT
    // The mains may speak for the speed that was stated, not against it.
    if (!isGiven && isMainsComb(hz, resolutionHz)) continue
    const strength = combMean(isGiven ? strengths : heardAt(hz, strengths), hz / resolutionHz)
    if (isGiven && strength > nearGiven) {
      nearGiven = strength
      nearGivenHz = hz
    }
    if (strength <= best) continue
    best = strength
    estimatedHz = hz
  }
  const isPlausible = nearGiven >= AS_GOOD_AS * best
  const foundHz = isPlausible ? nearGivenHz : estimatedHz
  const isClear = combMean(isPlausible ? evidence : heardAt(foundHz, evidence), foundHz / resolutionHz) >= CLEAR_EVIDENCE
  if (!isClear) return { estimatedHz: null, isPlausible: true }
  const multiple = speedMultiple(evidence, {
    fundamentalBins: foundHz / resolutionHz,
    combStrength: (bins) => combMean(strengths.slice(0, 1), bins),
    margin: AS_GOOD_AS,
  })
  return { estimatedHz: multiple * foundHz, isPlausible: isPlausible && multiple === 1 }
}

/** Rotations per second that are looked through where nobody states a speed: 300 to 6,000 rpm. */
const UNKNOWN = { low: 5, high: 100 } as const

/**
 * The shaft's speed where nobody states it: the lowest comb of five harmonics in the signal's own spectrum that is about as strong as the strongest,
 * if it stands clear and no unrelated comb is as strong. The envelope has no voice here: a defect's combs are its strongest. Combs of the mains are
 * left out, so a machine that runs in step with them gives none.
 *
 * @param spectrum transform of the whole record, mean removed.
 */
export function findShaftSpeed(spectrum: HalfSpectrum, options: { readonly sampleRateHz: number }): ShaftSpeed {
  const resolutionHz = options.sampleRateHz / spectrum.size
  const views = shaftViews(spectrum, { ...options, highestHz: UNKNOWN.high, lowestHz: UNKNOWN.low }).slice(0, 1)
  const evidence = views.map((ratios) => lineEvidence(ratios))
  const strengths = views.map((ratios) => ratios.map(Math.log1p))
  const combs: { readonly hz: number; readonly strength: number }[] = []
  for (let hz = Math.max(UNKNOWN.low, 8 * resolutionHz); hz <= UNKNOWN.high; hz += resolutionHz / (2 * HARMONICS)) {
    if (isMainsComb(hz, resolutionHz)) continue
    combs.push({ hz, strength: combMean(strengths, hz / resolutionHz) })
  }
  const best = combs.reduce((most, comb) => Math.max(most, comb.strength), 0)
  const strong = combs.filter(({ strength }) => strength >= AS_GOOD_AS * best)
  const [lowest] = strong
  if (!lowest) return { estimatedHz: null, isPlausible: true }
  const around = strong.filter(({ hz }) => Math.abs(hz / lowest.hz - 1) <= AGREEMENT)
  const { hz: foundHz } = around.reduce((most, comb) => (comb.strength > most.strength ? comb : most), lowest)
  const isMultiple = (hz: number) => Math.abs(hz / foundHz - Math.round(hz / foundHz)) <= AGREEMENT * Math.round(hz / foundHz)
  const isClear = combMean(evidence, foundHz / resolutionHz) >= CLEAR_EVIDENCE
  return { estimatedHz: isClear && strong.every(({ hz }) => isMultiple(hz)) ? foundHz : null, isPlausible: true }
}

/** Spectrum and envelope spectrum of the whole range, lines over noise floor, as far up as the search needs. */
function shaftViews(
  spectrum: HalfSpectrum,
  { sampleRateHz, highestHz, lowestHz }: { readonly sampleRateHz: number; readonly highestHz: number; readonly lowestHz: number },
): Float64Array[] {
  const resolutionHz = sampleRateHz / spectrum.size
  const maxHz = Math.min(sampleRateHz / 2, highestHz * HARMONICS * 1.1)
  const signal = spectrum.re.slice(0, Math.floor(maxHz / resolutionHz) + 1).map((re, k) => (k === 0 ? 0 : re ** 2 + spectrum.im[k]! ** 2))
  const envelope = envelopeSpectrum(spectrum, { sampleRateHz, band: { lowHz: 0, highHz: sampleRateHz / 2 }, maxHz, whitening: 'none' })
  return [signal, envelope.power].map((power) => overNoiseFloor(power, Math.max(16, Math.ceil(lowestHz / resolutionHz))))
}

/** Whether the mains or a half or third of it gives this comb: five harmonics tell frequencies five times finer than one line. */
function isMainsComb(hz: number, resolutionHz: number): boolean {
  return MAINS_HZ.some((mains) => [1, 2, 3].some((part) => Math.abs(hz - mains / part) * HARMONICS <= resolutionHz))
}

/** Whether a cage gives this comb, a multiple of its frequency, as it slips and as the nameplate errs. */
function isCageComb(hz: number, cageHz: number): boolean {
  const multiple = Math.round(hz / cageHz)
  return Math.abs(hz - multiple * cageHz) <= (SLIP_TOLERANCE + SPEED_TOLERANCE) * multiple * cageHz
}

function combMean(views: readonly Float64Array[], fundamentalBins: number): number {
  let sum = 0
  let weights = 0
  for (const view of views) {
    for (let h = 1; h <= HARMONICS; h++) {
      sum += (view[Math.round(h * fundamentalBins)] ?? 0) / h
      weights += 1 / h
    }
  }
  return sum / weights
}
