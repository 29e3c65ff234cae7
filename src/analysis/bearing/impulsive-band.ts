import type { Samples } from '../samples.js'
import { deepestLevel, fastKurtogram, type KurtogramCell } from './kurtogram.js'

const MAX_LEVELS = 6

/**
 * The band with the highest kurtosis that is still wide enough to hold the modulation looked for.
 *
 * @param options.leastWidthHz e.g. three times the highest fault frequency.
 * @see [Antoni2007]
 */
export function impulsiveBand(
  samples: Samples,
  options: { readonly sampleRateHz: number; readonly leastWidthHz: number },
): Omit<KurtogramCell, 'level'> {
  const { sampleRateHz, leastWidthHz } = options
  // One octave deeper than the narrowest useful band brings its three-way splits, but never less than two octaves.
  const useful = Math.floor(Math.log2(sampleRateHz / 2 / leastWidthHz)) + 1
  const levels = Math.max(2, Math.min(MAX_LEVELS, useful, deepestLevel(samples.length)))
  const { centreHz, widthHz, kurtosis } = fastKurtogram(samples, { sampleRateHz, levels, leastWidthHz }).max
  return { centreHz, widthHz, kurtosis }
}
