import type { FrequencyBand } from '../bearing/envelope-spectrum.js'
import type { MachineSpeed } from '../rotating/machine-fault.js'
import { overNoiseFloor } from '../spectrum/over-noise-floor.js'
import type { VibrationInput } from './assessment.js'
import { cepstrumPeaks } from './cepstrum-of-channel.js'
import { type KnownLines, namesOfLine, namesOfPeriod } from './name-line.js'
import type { PlainSpectrum, SpectrumWishes } from './plain-spectrum.js'
import { type SpectrumKind, spectrumOf } from './spectrum-kinds.js'
import { topOf } from './spectrum-top.js'

/** A line that stands clear of what is around it. */
export interface SpectrumPeak {
  /** On the answer’s axis. */
  readonly at: number
  /** Of a cepstrum: one over the period. */
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
  readonly axis: 'Hz' | 'order' | 's'
  /** value k lies at start + k·step. */
  readonly start: number
  readonly step: number
  readonly values: readonly number[]
  /** Of the envelope: the band it was taken of. */
  readonly band: FrequencyBand | null
  /** Of orders: the speed that they rest on, and how it is known. */
  readonly speed: MachineSpeed | null
  /** Strongest first. */
  readonly peaks: readonly SpectrumPeak[]
  readonly warnings: readonly string[]
}

/** Ten decibels: what noise in one of some thousand bins reaches after a few averages is not told. */
const CLEAR_DB = 10
/** Bins on each side from which the noise is judged. */
const REACH = 50

/**
 * One spectrum of a channel with its lines found, interpolated (spectrum-top.ts) and named.
 *
 * @param wishes.resolutionHz  distance of bins; unless stated the finest of up to 65,536 samples.
 * @throws AnalysisFault as the spectra; `out-of-range` where an order spectrum is asked for and no speed is known.
 * @see [Harris1978]
 */
export function spectrumAnswer(
  input: VibrationInput,
  wishes: SpectrumWishes & { readonly kind: SpectrumKind; readonly peaks: number },
): SpectrumAnswer {
  const spectrum = spectrumOf(input, wishes)
  const { start = 0, step, values, unit, axis, band, speed = null, warnings = [] } = spectrum
  const shaftSpeedRpm = speed?.meanRpm ?? input.shaftSpeedRpm
  const known = { shaftSpeedRpm, bearing: input.bearing, lineFrequencyHz: input.machine?.lineFrequencyHz ?? null }
  const found = axis === 's' ? periodsOf(spectrum, input.samples.length, known) : linesIn(spectrum, wishes.kind, known)
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
    start,
    step,
    values: Array.from(values),
    band,
    speed,
    peaks: found.slice(0, wishes.peaks),
    warnings: [
      ...(input.notes ?? []),
      ...warnings,
      ...(input.whole === undefined ? [] : ['of these stretches the spectrum is that of the first']),
    ],
  }
}

function linesIn(spectrum: PlainSpectrum, kind: SpectrumKind, known: KnownLines): SpectrumPeak[] {
  const { start = 0, step, axis } = spectrum
  const shaftHz = known.shaftSpeedRpm === null ? null : known.shaftSpeedRpm / 60
  const hzPerUnit = axis === 'order' ? (shaftHz ?? 1) : 1
  return linesOf(spectrum, kind === 'psd' ? 'power' : 'amplitude').map(({ bin, value, overNoiseDb }) => {
    const at = start + bin * step
    const frequencyHz = at * hzPerUnit
    return {
      at,
      frequencyHz,
      amplitude: value,
      overNoiseDb,
      order: shaftHz === null ? null : frequencyHz / shaftHz,
      names: namesOfLine(frequencyHz, step * hzPerUnit, known),
    }
  })
}

/** Of a cepstrum: what returns, strongest first. */
function periodsOf(cepstrum: PlainSpectrum, size: number, known: KnownLines): SpectrumPeak[] {
  return cepstrumPeaks(cepstrum, size).map(({ index, value, deviations }) => {
    const at = index * cepstrum.step
    const order = known.shaftSpeedRpm === null ? null : 60 / (at * known.shaftSpeedRpm)
    return {
      at,
      frequencyHz: 1 / at,
      amplitude: value,
      overNoiseDb: 20 * Math.log10(deviations),
      order,
      names: namesOfPeriod(at, cepstrum.step, known),
    }
  })
}

function linesOf(spectrum: PlainSpectrum, scale: 'power' | 'amplitude') {
  const { values } = spectrum
  const power = scale === 'power' ? values : values.map((value) => value * value)
  const ratios = overNoiseFloor(power, Math.min(REACH, Math.max(4, values.length >> 3)))
  const found: { bin: number; value: number; overNoiseDb: number }[] = []
  for (let k = 2; k < values.length - 1; k++) {
    const overNoiseDb = 10 * Math.log10(ratios[k]!)
    // Below a spectrum of velocity lie zeros: they are no noise to stand over.
    if (!(overNoiseDb >= CLEAR_DB) || power[k - 1] === 0 || power[k]! < power[k - 1]! || power[k]! <= power[k + 1]!) continue
    found.push({ ...topOf(spectrum, k, scale), overNoiseDb })
  }
  return found.sort((a, b) => b.value - a.value)
}
