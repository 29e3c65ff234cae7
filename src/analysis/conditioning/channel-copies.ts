import type { Samples } from '../samples.js'
import { removeMean } from '../spectrum/detrend.js'
import { realSpectrum, signalOf } from '../spectrum/real-spectrum.js'
import type { SignalDefect } from './signal-defect.js'

export interface NamedChannel {
  readonly name: string
  readonly samples: Samples
}

/** Two sensors on one machine never share all but a ten-thousandth of their power, noise included. */
const LEFT_OVER = 1e-4
/** A tone is like any other of its frequency; only records with more in them than this many lines can be told to be copies at a lag. */
const LEAST_LINES = 16
/** Enough to tell; the rest of a long record would say the same. */
const MOST_SAMPLES = 2 ** 17

/**
 * Channels that are one another: sample for sample, or scaled and shifted with next to nothing left over.
 *
 * @param channels of one record, same rate; looked at over the shorter of two lengths, at most 2^17 samples.
 */
export function channelCopies(channels: readonly NamedChannel[]): readonly SignalDefect[] {
  const defects: SignalDefect[] = []
  for (const [index, first] of channels.entries()) {
    for (const second of channels.slice(index + 1)) {
      const copy = copyOf(first.samples, second.samples)
      if (!copy) continue
      const how =
        copy.match === 'exact'
          ? 'sample for sample'
          : `times ${copy.scale.toPrecision(4)}${copy.lagSamples === 0 ? '' : `, ${copy.lagSamples} samples later`}`
      const text = `two channels are copies: ${second.name} is ${first.name}, ${how}`
      defects.push({ kind: 'copies', text, channels: [first.name, second.name], ...copy })
    }
  }
  return defects
}

function copyOf(
  first: Samples,
  second: Samples,
): { readonly lagSamples: number; readonly scale: number; readonly match: 'exact' | 'scaled' } | null {
  const length = Math.min(first.length, second.length, MOST_SAMPLES)
  if (length < 64) return null
  const [a, b] = [removeMean(first.subarray(0, length)), removeMean(second.subarray(0, length))]
  const [powerA, powerB] = [powerOf(a, 0, length), powerOf(b, 0, length)]
  if (powerA === 0 || powerB === 0) return null
  if (a.every((x, k) => x === b[k])) return { lagSamples: 0, scale: 1, match: 'exact' }
  const lagSamples = effectiveLines(a) < LEAST_LINES ? 0 : bestLag(a, b)
  const from = Math.max(0, -lagSamples)
  const shared = length - Math.abs(lagSamples)
  if (shared < length / 2) return null
  let product = 0
  for (let k = from; k < from + shared; k++) product += a[k]! * b[k + lagSamples]!
  const scale = product / powerOf(a, from, shared)
  let rest = 0
  for (let k = from; k < from + shared; k++) rest += (b[k + lagSamples]! - scale * a[k]!) ** 2
  return rest < LEFT_OVER * powerOf(b, from + lagSamples, shared) ? { lagSamples, scale, match: 'scaled' } : null
}

function powerOf(x: Float64Array, from: number, count: number): number {
  let sum = 0
  for (let k = from; k < from + count; k++) sum += x[k]! * x[k]!
  return sum
}

/** (Σ p)²/Σ p² over the lines of the power spectrum: 1 for a tone, m/2 for noise of m lines. */
function effectiveLines(x: Float64Array): number {
  const { re, im } = realSpectrum(x)
  let [sum, squares] = [0, 0]
  for (let k = 0; k < re.length; k++) {
    const power = re[k]! ** 2 + im[k]! ** 2
    sum += power
    squares += power * power
  }
  return (sum * sum) / squares
}

/** Where |Σ a[k]·b[k + lag]| is largest. */
function bestLag(a: Float64Array, b: Float64Array): number {
  const size = 2 * a.length
  const padded = (x: Float64Array) => {
    const long = new Float64Array(size)
    long.set(x)
    return realSpectrum(long)
  }
  const [left, right] = [padded(a), padded(b)]
  const re = left.re.map((part, k) => part * right.re[k]! + left.im[k]! * right.im[k]!)
  const im = left.re.map((part, k) => part * right.im[k]! - left.im[k]! * right.re[k]!)
  const correlation = signalOf({ size, re, im })
  let best = 0
  for (let k = 1; k < size; k++) if (Math.abs(correlation[k]!) > Math.abs(correlation[best]!)) best = k
  return best < a.length ? best : best - size
}
