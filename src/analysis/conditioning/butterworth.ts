import { AnalysisFault } from '../analysis-fault.js'

/** One second-order section: H(z) = (b0 + b1/z + b2/z²) / (1 + a1/z + a2/z²). */
export interface Biquad {
  readonly b: readonly [number, number, number]
  readonly a: readonly [number, number]
}

export type ButterworthBand =
  | { readonly kind: 'low-pass' | 'high-pass'; readonly edgeHz: number }
  | { readonly kind: 'band-pass' | 'band-stop'; readonly lowHz: number; readonly highHz: number }

type Complex = readonly [re: number, im: number]

/**
 * Digital Butterworth filter as second-order sections, by the bilinear transform with pre-warped edges (−3 dB there).
 *
 * @param order  N ≥ 1: N poles for low- and high-pass, 2N for band-pass and band-stop.
 * @param sampleRateHz fs; edges lie strictly between 0 and fs/2.
 * @throws AnalysisFault `out-of-range`.
 * @see [Oppenheim2010] §7; numbers checked against scipy.signal.butter(output='sos').
 */
export function designButterworth(order: number, band: ButterworthBand, sampleRateHz: number): readonly Biquad[] {
  const edges = 'lowHz' in band ? [band.lowHz, band.highHz] : [band.edgeHz]
  const areOrdered = edges.every((edge, k) => edge > (edges[k - 1] ?? 0) && edge < sampleRateHz / 2)
  if (!areOrdered || !Number.isInteger(order) || order < 1 || order > 20) {
    throw new AnalysisFault(
      'out-of-range',
      `a Butterworth filter of order ${order} at ${edges.join('–')} Hz does not fit a rate of ${sampleRateHz} Hz`,
    )
  }
  const warped = edges.map((edge) => 2 * Math.tan((Math.PI * edge) / sampleRateHz))
  const digitalPoles = analogPoles(order, band.kind, warped).map(bilinear)
  const sections = pairPoles(digitalPoles).map((poles) => section(poles, { kind: band.kind, stopAngle: middleAngle(warped) }))
  return unitGainAt(sections, passAngle(band.kind, warped))
}

function analogPoles(order: number, kind: ButterworthBand['kind'], warped: readonly number[]): Complex[] {
  const [low = 0, high = 0] = warped
  const prototype = Array.from({ length: order }, (_, k): Complex => {
    const angle = (Math.PI * (2 * k + 1 - order)) / (2 * order)
    return [-Math.cos(angle), -Math.sin(angle)]
  })
  if (kind === 'low-pass') return prototype.map(([re, im]) => [re * low, im * low])
  // 1/p of a pole on the unit circle is its conjugate.
  if (kind === 'high-pass') return prototype.map(([re, im]) => [re * low, -im * low])
  const halfWidth = (high - low) / 2
  return prototype.flatMap(([re, im]) => {
    const scaled: Complex = [re * halfWidth, kind === 'band-stop' ? -im * halfWidth : im * halfWidth]
    const root = squareRoot([scaled[0] ** 2 - scaled[1] ** 2 - low * high, 2 * scaled[0] * scaled[1]])
    return [
      [scaled[0] + root[0], scaled[1] + root[1]],
      [scaled[0] - root[0], scaled[1] - root[1]],
    ]
  })
}

function squareRoot([re, im]: Complex): Complex {
  const modulus = Math.hypot(re, im)
  const real = Math.sqrt(Math.max(0, (modulus + re) / 2))
  const imaginary = Math.sqrt(Math.max(0, (modulus - re) / 2))
  return [real, im < 0 ? -imaginary : imaginary]
}

/** (2 + s)/(2 − s), frequencies in units of fs. */
function bilinear([re, im]: Complex): Complex {
  const denominator = (2 - re) ** 2 + im ** 2
  return [(4 - re ** 2 - im ** 2) / denominator, (4 * im) / denominator]
}

function pairPoles(poles: readonly Complex[]): (readonly [Complex, Complex?])[] {
  const isReal = ([, im]: Complex) => Math.abs(im) < 1e-12
  const upper = poles.filter((pole) => !isReal(pole) && pole[1] > 0)
  const real = poles.filter(isReal).sort((a, b) => a[0] - b[0])
  const pairs: (readonly [Complex, Complex?])[] = upper.map((pole) => [pole, [pole[0], -pole[1]]])
  for (let k = 0; k < real.length; k += 2) {
    const [first, second] = [real[k], real[k + 1]]
    if (first) pairs.push(second ? [first, second] : [first])
  }
  return pairs
}

function section(
  [first, second]: readonly [Complex, Complex?],
  { kind, stopAngle }: { readonly kind: ButterworthBand['kind']; readonly stopAngle: number },
): Biquad {
  const sign = kind === 'low-pass' ? 1 : -1
  if (!second) return { b: [1, sign, 0], a: [-first[0], 0] }
  const a = [-(first[0] + second[0]), first[0] * second[0] - first[1] * second[1]] as const
  if (kind === 'band-stop') return { b: [1, -2 * Math.cos(stopAngle), 1], a }
  return { b: kind === 'band-pass' ? [1, 0, -1] : [1, 2 * sign, 1], a }
}

/** Where the filter passes everything: DC, Nyquist, or the middle of the band. Radians per sample. */
function passAngle(kind: ButterworthBand['kind'], warped: readonly number[]): number {
  if (kind === 'low-pass' || kind === 'band-stop') return 0
  if (kind === 'high-pass') return Math.PI
  return middleAngle(warped)
}

/** The geometric middle of the warped band. */
function middleAngle(warped: readonly number[]): number {
  return 2 * Math.atan(Math.sqrt(warped[0]! * (warped[1] ?? 0)) / 2)
}

function unitGainAt(sections: readonly Biquad[], angle: number): readonly Biquad[] {
  return sections.map(({ b, a }) => {
    const gain = modulusAt([1, a[0], a[1]], angle) / modulusAt(b, angle)
    return { b: [b[0] * gain, b[1] * gain, b[2] * gain], a }
  })
}

function modulusAt([c0, c1, c2]: readonly [number, number, number], angle: number): number {
  const re = c0 + c1 * Math.cos(angle) + c2 * Math.cos(2 * angle)
  const im = c1 * Math.sin(angle) + c2 * Math.sin(2 * angle)
  return Math.hypot(re, im)
}
