import { AnalysisFault } from '../analysis-fault.js'
import { CrossSpectra } from '../spectrum/cross-spectra.js'
import type { VibrationInput } from './assessment.js'

/** `analyze spectrum --kind coherence|transfer --json`: what one channel has of another. Arrays over frequency, line k at k·stepHz. */
export interface TransferAnswer {
  readonly schema: 'chatterfix/transfer/1'
  readonly kind: 'coherence' | 'transfer'
  readonly file: string
  /** The channel that drives, and the one that answers. */
  readonly input: string
  readonly output: string
  readonly sampleRateHz: number
  readonly durationS: number
  readonly segments: number
  readonly stepHz: number
  /** 0 … 1. */
  readonly coherence: readonly number[]
  /** Above it coherence is no chance, line by line, but for one line in a hundred. */
  readonly coherenceByChance: number
  /** |H1|, output over input, in `unit`; where that is null, in the numbers that the file holds. */
  readonly magnitude: readonly number[]
  readonly phaseDeg: readonly number[]
  /** Null unless both units are stated. */
  readonly unit: string | null
  /** The highest magnitudes where the coherence is no chance, strongest first. */
  readonly peaks: readonly {
    readonly frequencyHz: number
    readonly magnitude: number
    readonly phaseDeg: number
    readonly coherence: number
  }[]
  readonly warnings: readonly string[]
}

const MOST_SEGMENT = 2 ** 14
/** Coherence of fewer averages is chance. */
const LEAST_SEGMENTS = 10
const BY_CHANCE = 0.01

/**
 * Coherence and transfer function (H1) of two channels of one file. Chance: P(γ² > c) = (1 − c)^(m − 1) for m segments that do not overlap.
 *
 * @param wishes.resolutionHz  distance of lines; unless said as fine as ten segments and more allow.
 * @throws AnalysisFault `out-of-range` where there is no second channel, `too-few-samples` below ten segments.
 * @see [Bendat2010]
 */
export function transferAnswer(
  input: VibrationInput,
  wishes: { readonly kind: TransferAnswer['kind']; readonly resolutionHz: number | undefined; readonly peaks: number },
): TransferAnswer {
  const { samples, sampleRateHz, reference } = input
  if (!reference) throw new AnalysisFault('not-stated', `${wishes.kind} is between two channels`, '--sensor ANSWERING --against DRIVING')
  const usual = Math.min(MOST_SEGMENT, 2 ** Math.floor(Math.log2(Math.max(2, samples.length / LEAST_SEGMENTS))))
  const segmentLength = wishes.resolutionHz === undefined ? usual : Math.round(sampleRateHz / wishes.resolutionHz)
  const apart = Math.floor(samples.length / Math.max(1, segmentLength))
  if (segmentLength < 8 || apart < LEAST_SEGMENTS) {
    throw new AnalysisFault(
      'too-few-samples',
      `${samples.length} samples give ${apart} stretches of ${segmentLength}; below ${LEAST_SEGMENTS} a coherence is chance`,
    )
  }
  const spectra = new CrossSpectra({ sampleRateHz, segmentLength })
  spectra.push(reference.samples, samples)
  const { coherence, h1, frequencyStepHz, segments } = spectra.result()
  const byChance = 1 - BY_CHANCE ** (1 / (apart - 1))
  const magnitude = Array.from(h1.re, (re, k) => finite(Math.hypot(re, h1.im[k]!)))
  const phaseDeg = Array.from(h1.re, (re, k) => finite((Math.atan2(h1.im[k]!, re) * 180) / Math.PI))
  const coherent = Array.from(coherence, finite)
  return {
    schema: 'chatterfix/transfer/1',
    kind: wishes.kind,
    file: input.file,
    input: reference.channel,
    output: input.channel,
    sampleRateHz,
    durationS: samples.length / sampleRateHz,
    segments,
    stepHz: frequencyStepHz,
    coherence: coherent,
    coherenceByChance: byChance,
    magnitude,
    phaseDeg,
    unit: input.unit === null || reference.unit === null ? null : `${input.unit}/${reference.unit}`,
    peaks: highest(wishes.kind === 'coherence' ? coherent : magnitude, coherent, byChance)
      .slice(0, wishes.peaks)
      .map((k) => ({ frequencyHz: k * frequencyStepHz, magnitude: magnitude[k]!, phaseDeg: phaseDeg[k]!, coherence: coherent[k]! })),
    warnings: [...(input.notes ?? []), ...unitWarnings(input, reference)],
  }
}

/** --unit is said of the channel that answers; the one that drives keeps its own. */
function unitWarnings(output: VibrationInput, input: NonNullable<VibrationInput['reference']>): string[] {
  const unknown = [output, input].filter(({ unit }) => unit === null).map(({ channel }) => channel)
  if (unknown.length === 0) return []
  return [`the unit of ${unknown.join(' and of ')} is not stated, so the magnitude has none: it is the ratio of the numbers in the file`]
}

/** Neither channel has any power there: nothing is coherent with nothing. */
function finite(value: number): number {
  return Number.isFinite(value) ? value : 0
}

/** Local maxima of lines that are coherent, highest first. */
function highest(values: readonly number[], coherence: readonly number[], least: number): number[] {
  const found: number[] = []
  for (let k = 2; k < values.length - 1; k++)
    if (coherence[k]! > least && values[k]! > values[k - 1]! && values[k]! >= values[k + 1]!) found.push(k)
  return found.sort((a, b) => values[b]! - values[a]!)
}
