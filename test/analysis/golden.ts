import { type ButterworthBand, designButterworth } from '../../src/analysis/conditioning/butterworth.js'
import { filterZeroPhase } from '../../src/analysis/conditioning/zero-phase-filter.js'
import { analyticSignal } from '../../src/analysis/spectrum/analytic-signal.js'
import { removeLine } from '../../src/analysis/spectrum/detrend.js'
import { realSpectrum } from '../../src/analysis/spectrum/real-spectrum.js'
import { welchDensity } from '../../src/analysis/spectrum/welch.js'
import { type WindowName, windowOf } from '../../src/analysis/spectrum/window.js'
import { logGammaTail } from '../../src/analysis/statistics/gamma-tail.js'
import { describeWaveform } from '../../src/analysis/time-domain/describe-waveform.js'
import { theilSenTrend } from '../../src/analysis/trend/theil-sen.js'

/** What make_golden.py writes. */
export interface Golden {
  readonly scipy: string
  readonly rfft: Readonly<Record<string, { readonly re: number[]; readonly im: number[] }>>
  readonly windows: Readonly<Record<string, number[]>>
  readonly welch: { readonly frequency: number[]; readonly density: number[] }
  readonly welchOdd: { readonly frequency: number[]; readonly density: number[] }
  readonly hilbert: Readonly<Record<string, number[]>>
  readonly detrend: number[]
  readonly sosfiltfilt: Readonly<Record<string, number[]>>
  readonly kurtosis: number
  readonly gammaincc: readonly (readonly [number, number, number])[]
  readonly theilslopes: { readonly slope: number; readonly low: number; readonly high: number; readonly tau: number }
}

/** The same input as sample(n) of make_golden.py. */
export function goldenSample(n: number): Float64Array {
  return Float64Array.from(
    { length: n },
    (_, k) =>
      Math.sin(0.3 * k) +
      0.5 * Math.sin(1.7 * k + 1) +
      0.25 * Math.cos(2.9 * k) +
      0.1 * Math.sin(0.0007 * k * k) +
      (0.01 * k) / n +
      (k > Math.floor(n / 2) ? 0.2 : 0),
  )
}

const BANDS: Readonly<Record<string, readonly [number, ButterworthBand]>> = {
  low3: [3, { kind: 'low-pass', edgeHz: 100 }],
  high4: [4, { kind: 'high-pass', edgeHz: 50 }],
  band4: [4, { kind: 'band-pass', lowHz: 60, highHz: 180 }],
  band3: [3, { kind: 'band-pass', lowHz: 5, highHz: 400 }],
}

export type Comparison = readonly [name: string, ours: readonly number[], theirs: readonly number[]]

/** Our numbers beside SciPy's, by name; each pair of the same length. */
export function compared(golden: Golden): readonly Comparison[] {
  const rate = { sampleRateHz: 1000 }
  const welch = welchDensity(goldenSample(5000), { ...rate, segmentLength: 512 })
  const odd = welchDensity(goldenSample(5000), { ...rate, segmentLength: 501, overlap: 100, window: 'flattop' })
  const timeS = Float64Array.from({ length: 150 }, () => 0)
  for (let k = 0, t = 0; k < 150; k++) timeS[k] = t += 1 + 0.5 * Math.sin(k)
  const trend = theilSenTrend({ timeS, value: timeS.map((t, k) => roundedToEven(0.02 * t + Math.sin(k * 2.3))) })
  return [
    ...Object.entries(golden.rfft).flatMap(([n, { re, im }]): Comparison[] => {
      const ours = realSpectrum(goldenSample(Number(n)))
      return [
        [`rfft ${n} re`, pick(ours.re), re],
        [`rfft ${n} im`, pick(ours.im), im],
      ]
    }),
    ...Object.entries(golden.windows).map(
      ([name, theirs]): Comparison => [`window ${name}`, [...windowOf(name as WindowName, 32)], theirs],
    ),
    ['welch frequency', pick(welch.frequencyHz), golden.welch.frequency],
    ['welch density', pick(welch.density), golden.welch.density],
    ['welch flattop, odd segments', pick(odd.density), golden.welchOdd.density],
    ...Object.entries(golden.hilbert).map(
      ([n, theirs]): Comparison => [`hilbert ${n}`, pick(analyticSignal(goldenSample(Number(n))).im), theirs],
    ),
    ['detrend', pick(removeLine(goldenSample(777))), golden.detrend],
    ...Object.entries(golden.sosfiltfilt).map(([name, theirs]): Comparison => {
      const [order, band] = BANDS[name] ?? [1, { kind: 'low-pass', edgeHz: 1 }]
      return [`sosfiltfilt ${name}`, pick(filterZeroPhase(designButterworth(order, band, 1000), goldenSample(2000))), theirs]
    }),
    ['kurtosis', [describeWaveform(goldenSample(3000)).kurtosis ?? 0], [golden.kurtosis]],
    ['ln gammaincc', golden.gammaincc.map(([a, x]) => logGammaTail(a, x)), golden.gammaincc.map(([, , value]) => value)],
    [
      'theilslopes, kendalltau',
      [trend.slopePerS, ...trend.intervalPerS, trend.tau],
      [golden.theilslopes.slope, golden.theilslopes.low, golden.theilslopes.high, golden.theilslopes.tau],
    ],
  ]
}

/** max |ours − theirs| / max |theirs|. */
export function relativeError(ours: readonly number[], theirs: readonly number[]): number {
  if (ours.length !== theirs.length) return Number.POSITIVE_INFINITY
  const scale = Math.max(...theirs.map(Math.abs))
  return Math.max(...theirs.map((value, k) => Math.abs(value - (ours[k] ?? Number.NaN)))) / scale
}

export function pick(values: Float64Array): number[] {
  const step = Math.max(1, Math.floor(values.length / 40))
  return [...values].filter((_, k) => k % step === 0)
}

/** numpy.round to one decimal. */
function roundedToEven(value: number): number {
  const scaled = value * 10
  const down = Math.floor(scaled)
  const rest = scaled - down
  if (rest === 0.5) return (down % 2 === 0 ? down : down + 1) / 10
  return Math.round(scaled) / 10
}
