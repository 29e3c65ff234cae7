import { unitOf } from '../../readings/unit.js'
import { AnalysisFault } from '../analysis-fault.js'
import { envelopeSpectrum, type FrequencyBand } from '../bearing/envelope-spectrum.js'
import { removeMean } from '../spectrum/detrend.js'
import { realSpectrum } from '../spectrum/real-spectrum.js'
import { welchDensity } from '../spectrum/welch.js'
import { windowOf } from '../spectrum/window.js'
import type { VibrationInput } from './assessment.js'
import { cepstrumOfChannel } from './cepstrum-of-channel.js'
import { kurtogramAnswer } from './kurtogram-answer.js'
import { spectrumByOrder } from './order-answer.js'
import type { PlainSpectrum, SpectrumWishes } from './plain-spectrum.js'
import { zoomedSpectrum } from './zoomed-spectrum.js'

export const SPECTRUM_KINDS = ['amplitude', 'velocity', 'psd', 'envelope', 'order', 'cepstrum'] as const
export type SpectrumKind = (typeof SPECTRUM_KINDS)[number]

const LONGEST_SEGMENT = 2 ** 16
/** An envelope says what returns some hundred times a second at most; without a bearing nobody knows more. */
const ENVELOPE_ALONE_HZ = 500
const ENVELOPE_REACH = 4.2

/** @throws AnalysisFault as the spectra; `out-of-range` where speed or unit is missing, or a kind cannot be zoomed. */
export function spectrumOf(input: VibrationInput, wishes: SpectrumWishes & { readonly kind: SpectrumKind }): PlainSpectrum {
  const { kind, zoom, resolutionHz } = wishes
  if (zoom !== undefined && kind !== 'amplitude' && kind !== 'velocity')
    throw new AnalysisFault('out-of-range', `a spectrum of ${kind} is not zoomed`, '--kind amplitude or --kind velocity with --zoom')
  const amplitude = () => (zoom === undefined ? averaged(input, 'amplitude', resolutionHz) : zoomedSpectrum(input, zoom, resolutionHz))
  switch (kind) {
    case 'psd':
      return averaged(input, 'psd', resolutionHz)
    case 'amplitude':
      return amplitude()
    case 'velocity':
      return integrated(input, amplitude())
    case 'envelope':
      return enveloped(input, wishes.band)
    case 'order':
      return spectrumByOrder(input)
    case 'cepstrum':
      return cepstrumOfChannel(input)
  }
}

/** Welch’s density with Hann windows, or the peak amplitude that a sine needs to give each line: A = √(2·S·fs·Σw²/(Σw)²). */
function averaged(
  { samples, sampleRateHz, unit }: VibrationInput,
  kind: 'psd' | 'amplitude',
  resolutionHz: number | undefined,
): PlainSpectrum {
  const wanted =
    resolutionHz === undefined
      ? Math.min(LONGEST_SEGMENT, 2 ** Math.floor(Math.log2(samples.length)))
      : Math.round(sampleRateHz / resolutionHz)
  const { density } = welchDensity(samples, { sampleRateHz, segmentLength: wanted })
  const step = sampleRateHz / wanted
  const name = unit ?? 'u'
  const line = { window: 'hann', binsPerStep: 1 } as const
  if (kind === 'psd') return { step, values: density, unit: `(${name})²/Hz`, axis: 'Hz', band: null, line }
  const weights = windowOf('hann', wanted)
  const [sum, squares] = [weights.reduce((total, w) => total + w, 0), weights.reduce((total, w) => total + w * w, 0)]
  const widthHz = (sampleRateHz * squares) / sum ** 2
  return { step, values: density.map((value) => Math.sqrt(2 * value * widthHz)), unit: `${name} peak`, axis: 'Hz', band: null, line }
}

/** Acceleration over 2πf; below 2 Hz nothing but drift would be left. */
function integrated({ unit }: VibrationInput, spectrum: PlainSpectrum): PlainSpectrum {
  const known = unit === null ? undefined : unitOf(unit)
  if (known?.quantity !== 'acceleration' && known?.quantity !== 'velocity')
    throw new AnalysisFault(
      'not-stated',
      `a spectrum of velocity needs samples in a unit of acceleration or velocity, not ${unit ?? 'in one that nobody stated'}`,
      '--unit g, or what the sensor gives',
    )
  const perOmega = known.quantity === 'acceleration'
  const weightAt = (hz: number) => (hz < LOWEST_VELOCITY_HZ ? 0 : (known.factor * 1000) / Math.SQRT2 / (perOmega ? 2 * Math.PI * hz : 1))
  const values = spectrum.values.map((value, k) => value * weightAt((spectrum.start ?? 0) + k * spectrum.step))
  return { ...spectrum, values, weightAt, unit: 'mm/s RMS' }
}

const LOWEST_VELOCITY_HZ = 2

/** Squared envelope of a band, the kurtogram's best unless stated, as √power over its median: 1 is the noise. */
function enveloped(input: VibrationInput, stated: FrequencyBand | undefined): PlainSpectrum {
  const { samples, sampleRateHz, shaftSpeedRpm, bearing } = input
  const { centreHz, widthHz } = stated === undefined ? kurtogramAnswer(input, undefined).max : { centreHz: 0, widthHz: 0 }
  const band = stated ?? { lowHz: centreHz - widthHz / 2, highHz: centreHz + widthHz / 2 }
  if (!(band.lowHz < band.highHz && band.highHz <= sampleRateHz / 2))
    throw new AnalysisFault('out-of-range', `${band.lowHz} to ${band.highHz} Hz is no band of a rate of ${sampleRateHz} Hz`)
  const fastest = bearing === null || shaftSpeedRpm === null ? null : (bearing.rollingElements * shaftSpeedRpm) / 60
  const maxHz = Math.min((band.highHz - band.lowHz) / 2, fastest === null ? ENVELOPE_ALONE_HZ : ENVELOPE_REACH * fastest)
  const lines = envelopeSpectrum(realSpectrum(removeMean(samples)), { sampleRateHz, band, maxHz, whitening: 'none' })
  const amplitude = lines.power.map(Math.sqrt)
  const median = amplitude.toSorted()[amplitude.length >> 1] ?? 1
  return { step: lines.resolutionHz, values: amplitude.map((value) => value / (median || 1)), unit: '× median', axis: 'Hz', band }
}
