import process from 'node:process'
import type { VibrationInput } from '../analysis/vibration/assessment.js'
import { mapByOrder } from '../analysis/vibration/order-answer.js'
import type { SpectrumWishes } from '../analysis/vibration/plain-spectrum.js'
import { type ShockAnswer, shockAnswer } from '../analysis/vibration/shock-answer.js'
import { type SpectrumAnswer, spectrumAnswer } from '../analysis/vibration/spectrum-answer.js'
import { SPECTRUM_KINDS } from '../analysis/vibration/spectrum-kinds.js'
import { type SpectrumMap, waterfall } from '../analysis/vibration/spectrum-map.js'
import { type TransferAnswer, transferAnswer } from '../analysis/vibration/transfer-answer.js'
import { formatShocks } from '../output/shock-report.js'
import { formatSpectrumMap } from '../output/spectrum-map-report.js'
import { formatSpectrum } from '../output/spectrum-report.js'
import { formatTransfer } from '../output/transfer-report.js'

export const ANSWER_KINDS = [...SPECTRUM_KINDS, 'waterfall', 'order-map', 'srs', 'coherence', 'transfer'] as const
export type AnswerKind = (typeof ANSWER_KINDS)[number]

/** What `analyze spectrum --json` prints: one document a kind, told apart by its schema. */
export type AnySpectrum = SpectrumAnswer | SpectrumMap | ShockAnswer | TransferAnswer

/** Kinds that want all of a record rather than stretches of it. */
export function amountOf(kind: AnswerKind): 'all' | 'stretches' {
  return kind === 'waterfall' || kind === 'order-map' || kind === 'srs' || kind === 'order' ? 'all' : 'stretches'
}

/** @throws AnalysisFault where the data cannot answer. */
export function spectrumOfKind(
  input: VibrationInput,
  wishes: SpectrumWishes & { readonly kind: AnswerKind; readonly peaks: number; readonly damping: number },
): AnySpectrum {
  const { kind, resolutionHz, peaks, damping, band } = wishes
  switch (kind) {
    case 'waterfall':
      return waterfall(input, resolutionHz)
    case 'order-map':
      return mapByOrder(input)
    case 'srs':
      return shockAnswer(input, { damping, band })
    case 'coherence':
    case 'transfer':
      return transferAnswer(input, { kind, resolutionHz, peaks })
    default:
      return spectrumAnswer(input, { ...wishes, kind })
  }
}

/** The same for people. */
export function formatAnySpectrum(answer: AnySpectrum, style: { readonly columns: number; readonly shades: 'ascii' | 'blocks' }): string {
  switch (answer.schema) {
    case 'chatterfix/spectrum/1':
      return formatSpectrum(answer, style.columns)
    case 'chatterfix/spectrum-map/1':
      return formatSpectrumMap(answer, { ...style, rows: Math.max(10, (process.stdout.rows ?? 30) - 10) })
    case 'chatterfix/shock-response/1':
      return formatShocks(answer, style.columns)
    case 'chatterfix/transfer/1':
      return formatTransfer(answer, style.columns)
  }
}
