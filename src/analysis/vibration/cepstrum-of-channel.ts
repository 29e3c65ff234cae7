import { AnalysisFault } from '../analysis-fault.js'
import { realCepstrum } from '../spectrum/cepstrum.js'
import { removeMean } from '../spectrum/detrend.js'
import type { VibrationInput } from './assessment.js'
import type { PlainSpectrum } from './plain-spectrum.js'

/** Shorter periods describe the shape of the spectrum, not lines in it. */
const SHORTEST_S = 1e-3
/** Longer ones nobody looks for: a cage of a slow machine. */
const LONGEST_S = 1
/** Peaks that noise alone shows in one of a hundred records. */
const BY_CHANCE = 0.01

/** A period that returns: an echo, or the distance of a family of lines. */
export interface CepstrumPeak {
  readonly index: number
  readonly value: number
  /** Over the standard deviation of noise. */
  readonly deviations: number
}

/** The real cepstrum from 0 to a second, a quarter of the record at most. @throws AnalysisFault `too-few-samples`, `not-finite`. */
export function cepstrumOfChannel({ samples, sampleRateHz }: VibrationInput): PlainSpectrum {
  const longest = Math.floor(Math.min(samples.length / 4, LONGEST_S * sampleRateHz))
  if (longest < 2 * SHORTEST_S * sampleRateHz)
    throw new AnalysisFault('too-few-samples', `${samples.length} samples at ${sampleRateHz} Hz are too short for a cepstrum`)
  const centred = removeMean(samples)
  if (!centred.every(Number.isFinite)) throw new AnalysisFault('not-finite', 'the record holds values that are not finite numbers')
  const values = realCepstrum(centred).slice(0, longest + 1)
  return { step: 1 / sampleRateHz, values, unit: 'Np', axis: 's', band: null }
}

/**
 * The positive peaks that noise does not explain. In noise ln |X| scatters with π/√24 about its mean, whatever the spectrum, so that
 *
 * σ(c) = π / √(24·n)
 *
 * or what the cepstrum itself shows (its median magnitude over 0.6745) where that is more.
 *
 * @param size  n, samples of the record.
 * @returns strongest first.
 * @see [Oppenheim2010] §13
 */
export function cepstrumPeaks({ values, step }: PlainSpectrum, size: number): CepstrumPeak[] {
  const first = Math.ceil(SHORTEST_S / step)
  const magnitudes = values.subarray(first).map(Math.abs).sort()
  const deviation = Math.max(Math.PI / Math.sqrt(24 * size), (magnitudes[magnitudes.length >> 1] ?? 0) / 0.6745)
  const least = Math.sqrt(2 * Math.log(values.length / BY_CHANCE))
  const peaks: CepstrumPeak[] = []
  for (let k = first; k < values.length - 1; k++) {
    const value = values[k]!
    if (value > least * deviation && value >= values[k - 1]! && value > values[k + 1]!)
      peaks.push({ index: k, value, deviations: value / deviation })
  }
  return peaks.sort((a, b) => b.value - a.value)
}
