import type { FrequencyBand } from '../bearing/envelope-spectrum.js'
import { overNoiseFloor } from '../bearing/noise-floor.js'
import type { VibrationInput } from './assessment.js'
import { namesOfLine } from './name-line.js'
import { type SpectrumKind, spectrumOf } from './spectrum-kinds.js'

/** A line that stands clear of what is around it. */
export interface SpectrumPeak {
  readonly frequencyHz: number
  /** In the answer’s unit. */
  readonly amplitude: number
  readonly overNoiseDb: number
  /** Multiple of the shaft’s speed; null where that is not known. */
  readonly order: number | null
  /** What is expected there, nearest first: `1×`, `BPFO 2×`, `mains 2×`. */
  readonly names: readonly string[]
}

/** `analyze spectrum --json`. */
export interface SpectrumAnswer {
  readonly schema: 'chatterfix/spectrum/1'
  readonly file: string
  readonly channel: string
  readonly kind: SpectrumKind
  readonly sampleRateHz: number
  readonly durationS: number
  readonly shaftSpeedRpm: number | null
  /** Of `values`; what nobody stated is `u`. */
  readonly unit: string
  readonly axis: 'Hz' | 'order'
  /** value k lies at k·step. */
  readonly step: number
  readonly values: readonly number[]
  /** Of the envelope: the band it was taken of. */
  readonly band: FrequencyBand | null
  /** Strongest first. */
  readonly peaks: readonly SpectrumPeak[]
  readonly warnings: readonly string[]
}

/** Ten decibels: what noise in one of some thousand bins reaches after a few averages is not told. */
const CLEAR_DB = 10
/** Bins on each side from which the noise is judged. */
const REACH = 50

/**
 * One spectrum of a channel with its lines found, interpolated (parabola through the logarithms of three bins) and named.
 *
 * @param wishes.resolutionHz  distance of bins; unless stated the finest of up to 65,536 samples.
 * @throws AnalysisFault as the spectra; `out-of-range` where an order spectrum is asked for and no speed is known.
 * @see [Harris1978]
 */
export function spectrumAnswer(
  input: VibrationInput,
  wishes: {
    readonly kind: SpectrumKind
    readonly resolutionHz: number | undefined
    readonly band: FrequencyBand | undefined
    readonly peaks: number
  },
): SpectrumAnswer {
  const { step, values, unit, axis, band } = spectrumOf(input, wishes)
  const shaftHz = input.shaftSpeedRpm === null ? null : input.shaftSpeedRpm / 60
  const perStepHz = axis === 'order' ? step * (shaftHz ?? 1) : step
  const known = {
    shaftSpeedRpm: input.shaftSpeedRpm,
    bearing: input.bearing,
    lineFrequencyHz: input.machine?.lineFrequencyHz ?? null,
  }
  const isPower = wishes.kind === 'psd'
  const found = linesOf(values, isPower ? 'power' : 'amplitude').slice(0, wishes.peaks)
  return {
    schema: 'chatterfix/spectrum/1',
    file: input.file,
    channel: input.channel,
    kind: wishes.kind,
    sampleRateHz: input.sampleRateHz,
    durationS: input.samples.length / input.sampleRateHz,
    shaftSpeedRpm: input.shaftSpeedRpm,
    unit,
    axis,
    step,
    values: Array.from(values),
    band,
    peaks: found.map(({ bin, value, overNoiseDb }) => ({
      frequencyHz: bin * perStepHz,
      amplitude: value,
      overNoiseDb,
      order: shaftHz === null ? null : (bin * perStepHz) / shaftHz,
      names: namesOfLine(bin * perStepHz, perStepHz, known),
    })),
    warnings: [...(input.notes ?? []), ...(input.whole === undefined ? [] : ['of these stretches the spectrum is that of the first'])],
  }
}

function linesOf(values: Float64Array, scale: 'power' | 'amplitude') {
  const power = scale === 'power' ? values : values.map((value) => value * value)
  const ratios = overNoiseFloor(power, Math.min(REACH, Math.max(4, values.length >> 3)))
  const found: { bin: number; value: number; overNoiseDb: number }[] = []
  for (let k = 2; k < values.length - 1; k++) {
    const overNoiseDb = 10 * Math.log10(ratios[k]!)
    // Below a spectrum of velocity lie zeros: they are no noise to stand over.
    if (!(overNoiseDb >= CLEAR_DB) || power[k - 1] === 0 || power[k]! < power[k - 1]! || power[k]! <= power[k + 1]!) continue
    found.push({ ...vertex(values, k), overNoiseDb })
  }
  return found.sort((a, b) => b.value - a.value)
}

/** Top of the parabola through the logarithms of a bin and its neighbours. */
function vertex(values: Float64Array, k: number): { readonly bin: number; readonly value: number } {
  const [left, middle, right] = [values[k - 1]!, values[k]!, values[k + 1]!].map((value) =>
    Math.log(Math.max(value, Number.MIN_VALUE)),
  ) as [number, number, number]
  const curvature = left - 2 * middle + right
  const shift = curvature < 0 ? Math.max(-0.5, Math.min(0.5, (left - right) / (2 * curvature))) : 0
  return { bin: k + shift, value: Math.exp(middle - ((left - right) * shift) / 4) }
}
