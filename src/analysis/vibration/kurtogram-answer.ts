import { deepestLevel, fastKurtogram, type KurtogramCell, type KurtogramLevel } from '../bearing/kurtogram.js'
import type { VibrationInput } from './assessment.js'

/** `analyze kurtogram --json`. */
export interface KurtogramAnswer {
  readonly schema: 'chatterfix/kurtogram/1'
  readonly file: string
  readonly channel: string
  readonly sampleRateHz: number
  readonly durationS: number
  readonly levels: readonly KurtogramLevel[]
  readonly max: KurtogramCell
  readonly warnings: readonly string[]
}

/**
 * The kurtogram of a channel.
 *
 * @param levels  depth; unless stated ⌊log2 n⌋ − 7, the depth that the method's author recommends, so that the finest bands keep some hundred samples.
 * @throws AnalysisFault as fastKurtogram.
 * @see [Antoni2007]
 */
export function kurtogramAnswer(input: VibrationInput, levels: number | undefined): KurtogramAnswer {
  const { samples, sampleRateHz } = input
  const usual = Math.max(2, Math.min(deepestLevel(samples.length), Math.floor(Math.log2(samples.length)) - 7))
  const { levels: rows, max } = fastKurtogram(samples, { sampleRateHz, levels: levels ?? usual })
  const first = input.whole === undefined ? [] : ['of these stretches the kurtogram is that of the first']
  return {
    schema: 'chatterfix/kurtogram/1',
    file: input.file,
    channel: input.channel,
    sampleRateHz,
    durationS: samples.length / sampleRateHz,
    levels: rows,
    max,
    warnings: [...(input.notes ?? []), ...first],
  }
}
