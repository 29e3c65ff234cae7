import { AnalysisFault } from '../analysis-fault.js'
import { type WindowChoice, windowOf } from '../spectrum/window.js'
import type { ButterworthBand } from './butterworth.js'

/**
 * Linear-phase FIR filter: the ideal response's sinc under a window, scaled to gain 1 in the middle of its pass band (at DC for low-pass and
 * band-stop, at fs/2 for high-pass).
 *
 * @param options.taps   number of coefficients, odd (an even number cannot pass fs/2). The transition is about 3.3·fs/taps wide with hamming.
 * @param options.band   edges in Hz (−6 dB), strictly between 0 and fs/2.
 * @param options.window hamming unless said.
 * @returns shape (taps,), dimensionless.
 * @throws AnalysisFault `out-of-range`.
 * @see [Oppenheim2010] §7.5; numbers checked against scipy.signal.firwin.
 */
export function designFir(options: {
  readonly taps: number
  readonly band: ButterworthBand
  readonly sampleRateHz: number
  readonly window?: WindowChoice
}): Float64Array {
  const { taps, band, sampleRateHz } = options
  const edges = ('lowHz' in band ? [band.lowHz, band.highHz] : [band.edgeHz]).map((edge) => (2 * edge) / sampleRateHz)
  const areOrdered = edges.every((edge, k) => edge > (edges[k - 1] ?? 0) && edge < 1)
  if (!areOrdered || !Number.isInteger(taps) || taps < 3 || taps % 2 === 0) {
    throw new AnalysisFault('out-of-range', `${taps} coefficients cannot make this filter at ${sampleRateHz} Hz`)
  }
  const passes = passBands(band.kind, edges)
  const weights = windowOf(options.window ?? 'hamming', taps, 'symmetric')
  const middle = (taps - 1) / 2
  const coefficients = weights.map((weight, k) => {
    let value = 0
    for (const [low, high] of passes) value += high * sinc(high * (k - middle)) - low * sinc(low * (k - middle))
    return weight * value
  })
  const [low, high] = passes[0]!
  const unitAt = low === 0 ? 0 : high === 1 ? 1 : (low + high) / 2
  const gain = coefficients.reduce((sum, c, k) => sum + c * Math.cos(Math.PI * unitAt * (k - middle)), 0)
  return coefficients.map((c) => c / gain)
}

/** In units of fs/2. */
function passBands(kind: ButterworthBand['kind'], edges: readonly number[]): readonly (readonly [number, number])[] {
  const [first = 0, second = 1] = edges
  switch (kind) {
    case 'low-pass':
      return [[0, first]]
    case 'high-pass':
      return [[first, 1]]
    case 'band-pass':
      return [[first, second]]
    case 'band-stop':
      return [
        [0, first],
        [second, 1],
      ]
  }
}

function sinc(x: number): number {
  return x === 0 ? 1 : Math.sin(Math.PI * x) / (Math.PI * x)
}
