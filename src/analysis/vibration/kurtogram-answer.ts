import { kurtogramOfWidth } from '../bearing/impulsive-band.js'
import { deepestLevel, fastKurtogram, type KurtogramCell, type KurtogramLevel } from '../bearing/kurtogram.js'
import { WIDTHS_OF_RATE } from '../bearing/repeating-impulses.js'
import type { VibrationAssessment, VibrationInput } from './assessment.js'
import { bearingFrequencies } from './bearing-frequencies.js'

/** `analyze kurtogram --json`. */
export interface KurtogramAnswer {
  readonly schema: 'chatterfix/kurtogram/1'
  readonly file: string
  readonly channel: string
  readonly sampleRateHz: number
  readonly durationS: number
  readonly levels: readonly KurtogramLevel[]
  readonly max: KurtogramCell
  /** Which bands were looked at and why, in words. */
  readonly bands: string
  readonly warnings: readonly string[]
}

/** What a band must be able to carry. */
export interface CarriedRate {
  /** In words, e.g. `BPFI`. */
  readonly what: string
  readonly hz: number
}

/**
 * The kurtogram of a channel. An envelope needs a band several times wider than what modulates it, so the depth ends there: at three times BPFI where bearing
 * and speed are known; else at ⌊log2 n⌋ − 7, the depth that the method's author recommends, so that the finest bands keep some hundred samples.
 *
 * @param wishes.levels  depth, whatever bands come of it.
 * @param wishes.carried  what is sought instead of BPFI at the stated speed.
 * @throws AnalysisFault as fastKurtogram.
 * @see [Antoni2007]
 */
export function kurtogramAnswer(
  input: VibrationInput,
  { levels, carried = fastestFault(input) }: { readonly levels?: number | undefined; readonly carried?: CarriedRate | null } = {},
): KurtogramAnswer {
  const { samples, sampleRateHz } = input
  const usual = Math.max(2, Math.min(deepestLevel(samples.length), Math.floor(Math.log2(samples.length)) - 7))
  const isBounded = levels === undefined && carried !== null
  const { levels: rows, max } = isBounded
    ? kurtogramOfWidth(samples, { sampleRateHz, leastWidthHz: WIDTHS_OF_RATE * carried.hz })
    : fastKurtogram(samples, { sampleRateHz, levels: levels ?? usual })
  const first = input.whole === undefined ? [] : ['of these stretches the kurtogram is that of the first']
  const least = isBounded
    ? `of bands at least ${Number((WIDTHS_OF_RATE * carried.hz).toPrecision(3))} Hz wide, ${WIDTHS_OF_RATE} times ${carried.what}, which they must carry`
    : levels === undefined
      ? `of bands down to level ${usual}, as the length allows: what they must carry is not known without bearing and speed`
      : `of bands down to level ${levels}, as stated`
  return {
    schema: 'chatterfix/kurtogram/1',
    file: input.file,
    channel: input.channel,
    sampleRateHz,
    durationS: samples.length / sampleRateHz,
    levels: rows,
    max,
    bands: least,
    warnings: [...(input.notes ?? []), ...first],
  }
}

function fastestFault({ bearing, shaftSpeedRpm }: VibrationInput): CarriedRate | null {
  if (bearing === null || shaftSpeedRpm === null || !(shaftSpeedRpm > 0)) return null
  return { what: 'BPFI', hz: bearingFrequencies(bearing, shaftSpeedRpm / 60).bpfi }
}

/** What the bands of an assessment's kurtogram must carry, as its verdict or finding had it; null where it says neither. */
export function carriedRate({ bearing, findings, shaftSpeedRpm }: VibrationAssessment): CarriedRate | null {
  const repetitionHz = findings.find((finding) => finding.repetitionHz !== undefined)?.repetitionHz
  if (bearing?.band && bearing.frequenciesHz) {
    const stretch = bearing.estimatedSpeedRpm !== null && shaftSpeedRpm !== null ? bearing.estimatedSpeedRpm / shaftSpeedRpm : 1
    return { what: 'BPFI', hz: stretch * bearing.frequenciesHz.bpfi }
  }
  return repetitionHz === undefined ? null : { what: 'the repetition found', hz: repetitionHz }
}
