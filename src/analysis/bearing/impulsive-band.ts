import type { Samples } from '../samples.js'
import { deepestLevel, fastKurtogram, type Kurtogram, type KurtogramCell, strongestCell } from './kurtogram.js'

/** Finer bands than fs/128 carry no envelope of a fault's impulses at the rates that vibration is taken with. */
const MAX_LEVELS = 6

/**
 * The kurtogram down to the bands that are still wide enough to hold the modulation looked for.
 *
 * @param options.leastWidthHz e.g. three times the highest fault frequency.
 * @see [Antoni2007]
 */
export function kurtogramOfWidth(samples: Samples, options: { readonly sampleRateHz: number; readonly leastWidthHz: number }): Kurtogram {
  const { sampleRateHz, leastWidthHz } = options
  // One octave deeper than the narrowest useful band brings its three-way splits, but never less than two octaves.
  const useful = Math.floor(Math.log2(sampleRateHz / 2 / leastWidthHz)) + 1
  const levels = Math.max(2, Math.min(MAX_LEVELS, useful, deepestLevel(samples.length)))
  return fastKurtogram(samples, { sampleRateHz, levels, leastWidthHz })
}

/** Its strongest band. */
export function impulsiveBand(
  samples: Samples,
  options: { readonly sampleRateHz: number; readonly leastWidthHz: number },
): Omit<KurtogramCell, 'level'> {
  return strongestBand(kurtogramOfWidth(samples, options), options.leastWidthHz)
}

/** The strongest band of at least so many hertz, of a kurtogram made for these or narrower ones: the same as of one made for these. */
export function strongestBand({ levels }: Kurtogram, leastWidthHz: number): Omit<KurtogramCell, 'level'> {
  const wide = levels.filter(({ level, bandwidthHz }) => level === 0 || bandwidthHz >= leastWidthHz)
  const { centreHz, widthHz, kurtosis } = strongestCell(wide)
  return { centreHz, widthHz, kurtosis }
}
