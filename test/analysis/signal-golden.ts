import type { ButterworthBand } from '../../src/analysis/conditioning/butterworth.js'
import { designButterworth } from '../../src/analysis/conditioning/butterworth.js'
import { designFir } from '../../src/analysis/conditioning/fir.js'
import { filterFirZeroPhase } from '../../src/analysis/conditioning/fir-filter.js'
import { differentiate, integrateTrapezoid } from '../../src/analysis/conditioning/integrate.js'
import { resample } from '../../src/analysis/conditioning/resample.js'
import { filterZeroPhase } from '../../src/analysis/conditioning/zero-phase-filter.js'
import { powerCepstrum, realCepstrum } from '../../src/analysis/spectrum/cepstrum.js'
import { CrossSpectra } from '../../src/analysis/spectrum/cross-spectra.js'
import { spectrogram } from '../../src/analysis/spectrum/spectrogram.js'
import { type WindowChoice, type WindowName, windowOf } from '../../src/analysis/spectrum/window.js'
import { zoomSpectrum } from '../../src/analysis/spectrum/zoom-spectrum.js'
import { describeWaveform } from '../../src/analysis/time-domain/describe-waveform.js'
import { shockResponse } from '../../src/analysis/time-domain/shock-response.js'
import { type Comparison, goldenSample, pick } from './golden.js'

interface Lines {
  readonly re: number[]
  readonly im: number[]
}

/** What make_signal.py writes. */
export interface SignalGolden {
  readonly windows: Readonly<Record<string, number[]>>
  readonly kaiser: number[]
  readonly firwin: Readonly<Record<string, number[]>>
  readonly firFiltfilt: number[]
  readonly bandStop: Readonly<Record<string, number[]>>
  readonly resample: Readonly<Record<string, number[]>>
  readonly trapezoid: number[]
  readonly gradient: number[]
  readonly cross: Lines & { readonly coherence: number[] }
  readonly h1: Lines
  readonly h2: Lines
  readonly spectrogram: { readonly time: number[]; readonly last: number[]; readonly rows: number }
  readonly zoom: Lines
  readonly cepstrum: Readonly<Record<string, number[]>>
  readonly powerCepstrum: number[]
  readonly levels: number[]
  readonly shockResponse: number[][]
}

const RATE = { sampleRateHz: 1000 }
const BAND = { kind: 'band-pass', lowHz: 60, highHz: 180 } as const
const STOP = { kind: 'band-stop', lowHz: 60, highHz: 180 } as const

const FIRS: Readonly<Record<string, readonly [ButterworthBand, WindowChoice]>> = {
  low: [{ kind: 'low-pass', edgeHz: 100 }, 'hamming'],
  high: [{ kind: 'high-pass', edgeHz: 100 }, 'blackman'],
  band: [BAND, 'hamming'],
  stop: [STOP, { kaiserBeta: 6 }],
}

/** Our numbers beside SciPy's, by name. */
export function comparedSignal(golden: SignalGolden): readonly Comparison[] {
  const x = goldenSample(5000)
  const next = goldenSample(5003).subarray(3)
  const y = x.map((_, k) => (x[(k + 4997) % 5000] ?? 0) ** 2 + (next[k] ?? 0))
  return [...conditioned(golden, x), ...transformed(golden, x, y), ...responded(golden, x)]
}

function conditioned(golden: SignalGolden, x: Float64Array): Comparison[] {
  const ofEach = (name: string, table: Readonly<Record<string, number[]>>, ours: (key: string) => Float64Array): Comparison[] =>
    Object.entries(table).map(([key, theirs]) => [`${name} ${key}`, pick(ours(key)), pick(Float64Array.from(theirs))])
  return [
    ...ofEach('window', golden.windows, (name) => windowOf(name as WindowName, 33)),
    ['window kaiser', [...windowOf({ kaiserBeta: 8.6 }, 33, 'symmetric')], golden.kaiser],
    ...ofEach('firwin', golden.firwin, (key) => {
      const [band, window] = FIRS[key] ?? [BAND, 'hann']
      return designFir({ taps: 101, band, window, ...RATE })
    }),
    ['FIR filtfilt', pick(filterFirZeroPhase(designFir({ taps: 101, band: BAND, ...RATE }), x)), golden.firFiltfilt],
    ...Object.entries(golden.bandStop).map(
      ([order, theirs]): Comparison => [
        `band-stop ${order}`,
        pick(filterZeroPhase(designButterworth(Number(order), STOP, 1000), x)),
        theirs,
      ],
    ),
    ...Object.entries(golden.resample).map(([ratio, theirs]): Comparison => {
      const [up = 1, down = 1] = ratio.split('/').map(Number)
      return [`resample_poly ${ratio}`, pick(resample(x, { up, down })), theirs]
    }),
    ['cumulative_trapezoid', pick(integrateTrapezoid(x, 1000)), golden.trapezoid],
    ['gradient', pick(differentiate(x, 1000)), golden.gradient],
  ]
}

function transformed(golden: SignalGolden, x: Float64Array, y: Float64Array): Comparison[] {
  const pair = new CrossSpectra({ ...RATE, segmentLength: 512 })
  pair.push(x, y)
  const { cross, coherence, h1, h2 } = pair.result()
  const short = spectrogram(x, { ...RATE, segmentLength: 256, overlap: 100 })
  const zoomed = zoomSpectrum(x, { ...RATE, lowHz: 40, highHz: 60, lines: 200, window: 'boxcar' })
  const both = (name: string, ours: { readonly re: Float64Array; readonly im: Float64Array }, theirs: Lines): Comparison[] => [
    [`${name} re`, pick(ours.re), theirs.re],
    [`${name} im`, pick(ours.im), theirs.im],
  ]
  return [
    ...both('csd', cross, golden.cross),
    ['coherence', pick(coherence), golden.cross.coherence],
    ...both('H1', h1, golden.h1),
    ...both('H2', h2, golden.h2),
    ['spectrogram times', [...short.timeS], golden.spectrogram.time],
    ['spectrogram last row', pick(short.density.at(-1) ?? new Float64Array()), golden.spectrogram.last],
    ['spectrogram rows', [short.density.length], [golden.spectrogram.rows]],
    ...both('zoom_fft', zoomed, golden.zoom),
    ...Object.entries(golden.cepstrum).map(
      ([n, theirs]): Comparison => [`cepstrum ${n}`, pick(realCepstrum(x.subarray(0, Number(n)))), theirs],
    ),
    ['power cepstrum', pick(powerCepstrum(x.subarray(0, 1000))), golden.powerCepstrum],
  ]
}

function responded(golden: SignalGolden, x: Float64Array): Comparison[] {
  const { mean, rms, peak, peakToPeak, skewness, kurtosis } = describeWaveform(x)
  const shock = { ...RATE, naturalHz: [0.5, 5, 50, 200], damping: 0.05 }
  const [absolute, pseudo] = (['absolute-acceleration', 'pseudo-velocity'] as const).map((quantity) =>
    shockResponse(x.subarray(0, 800), { ...shock, quantity }),
  )
  const column = (index: number) => golden.shockResponse.map((row) => row[index] ?? Number.NaN)
  return [
    ['mean, std, peak, peak to peak, skewness, kurtosis', [mean, rms, peak, peakToPeak, skewness ?? 0, kurtosis ?? 0], golden.levels],
    ['SRS positive', [...(absolute?.positive ?? [])], column(0)],
    ['SRS negative', [...(absolute?.negative ?? [])], column(1)],
    ['SRS pseudo-velocity, negative', [...(pseudo?.negative ?? [])], column(3)],
    ['SRS pseudo-velocity, positive', [...(pseudo?.positive ?? [])], column(2)],
  ]
}
