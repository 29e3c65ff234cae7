import { lineTop } from '../spectrum/line-top.js'
import type { PlainSpectrum } from './plain-spectrum.js'

/**
 * Top of the line whose highest value is the k-th: of a sine exactly where the spectrum says what one looks like (line-top.ts), else of the parabola
 * through the logarithms of three values. That is off by up to 4 % of a Hann window's lines and a quarter below those of a boxcar: it is left to
 * envelopes, whose lines are broadened by slip and no sines.
 *
 * @returns `bin` in steps from the start, `value` in the spectrum's unit.
 */
export function topOf(
  { start = 0, step, values, line, weightAt = () => 1 }: PlainSpectrum,
  k: number,
  scale: 'power' | 'amplitude',
): { readonly bin: number; readonly value: number } {
  const around = [values[k - 1]!, values[k]!, values[k + 1]!] as const
  if (line === undefined) return vertex(around, k)
  // A weight that changes from value to value would shift the top.
  const plain = around.map((value, index) => (scale === 'power' ? Math.sqrt(value) : value) / weightAt(start + (k - 1 + index) * step))
  const top = lineTop(plain as [number, number, number], line)
  if (top === null) return { bin: k, value: around[1] }
  const amplitude = plain[1]! * top.gain * weightAt(start + (k + top.shift) * step)
  return { bin: k + top.shift, value: scale === 'power' ? amplitude ** 2 : amplitude }
}

function vertex(around: readonly [number, number, number], k: number): { readonly bin: number; readonly value: number } {
  const [left, middle, right] = around.map((value) => Math.log(Math.max(value, Number.MIN_VALUE))) as [number, number, number]
  const curvature = left - 2 * middle + right
  const shift = curvature < 0 ? Math.max(-0.5, Math.min(0.5, (left - right) / (2 * curvature))) : 0
  return { bin: k + shift, value: Math.exp(middle - ((left - right) * shift) / 4) }
}
