import type { ComplexArrays } from './fourier-plan.js'
import { RecentPlans } from './kernel/recent-plans.js'
import { smoothRealTransform } from './kernel/smooth-real-transform.js'
import { isSmooth, LEAST_SMOOTH_SIZE } from './kernel/smooth-transform.js'
import { unitRoots } from './kernel/unit-roots.js'
import { inverse, MOST_SIZE, planTransform } from './transform.js'

/** The non-negative frequencies of a real signal's transform: k = 0 … ⌊n/2⌋ at k·fs/n. */
export interface HalfSpectrum {
  /** Number of samples n that it came from. */
  readonly size: number
  /** Shape (⌊n/2⌋+1,), unit of the signal. */
  readonly re: Float64Array
  readonly im: Float64Array
}

const recent = new RecentPlans<RealTransform>()

/** A real transform of fixed size; make it once for many segments. */
export interface RealTransform {
  readonly size: number
  of(samples: ArrayLike<number>): HalfSpectrum
}

/**
 * Discrete Fourier transform of real samples, not normalised. Even sizes run as one complex transform of half the size.
 *
 * X[k] = Σ x[n]·e^(−2πikn/N),  0 ≤ k ≤ ⌊N/2⌋
 *
 * @param size n ≥ 1, any integer.
 * @see [Oppenheim2010] §8; numbers checked against scipy.fft.rfft.
 */
export function planRealTransform(size: number): RealTransform {
  return recent.get(size, () => {
    if (size % 2 === 1) return fullTransform(size)
    // A size that is none, or too large, is refused by the plan of its half.
    const half = size / 2
    return half >= LEAST_SMOOTH_SIZE && half <= MOST_SIZE && isSmooth(half) ? smoothRealTransform(size) : halvedTransform(size)
  })
}

/** One real transform without keeping the plan. */
export function realSpectrum(samples: ArrayLike<number>): HalfSpectrum {
  return planRealTransform(samples.length).of(samples)
}

function fullTransform(size: number): RealTransform {
  const plan = planTransform(size)
  return {
    size,
    of(samples) {
      const re = Float64Array.from(samples)
      const im = new Float64Array(size)
      plan.forward(re, im)
      const bins = Math.floor(size / 2) + 1
      return { size, re: re.slice(0, bins), im: im.slice(0, bins) }
    },
  }
}

function halvedTransform(size: number): RealTransform {
  const half = size / 2
  const plan = planTransform(half)
  const cos = new Float64Array(half + 1)
  const sin = new Float64Array(half + 1)
  const roots = unitRoots(size)
  for (let k = 0; k <= half; k++) roots.write(k, cos, sin, k)
  const packed = new Float64Array(size)
  return {
    size,
    of(samples) {
      // One kind of array in the loop below keeps it fast.
      const source = samples instanceof Float64Array ? samples : packed
      if (source === packed) packed.set(samples)
      const { input, output } = plan
      for (let k = 0, at = 0; k < half; k++, at += 2) {
        input.re[k] = source[at]!
        input.im[k] = source[at + 1]!
      }
      plan.run()
      return { size, ...unpacked(output, { cos, sin }) }
    },
  }
}

/** From the transform of x[2n] + i·x[2n + 1] to that of x; lines k and half − k share their work. */
function unpacked(packed: ComplexArrays, { cos, sin }: { readonly cos: Float64Array; readonly sin: Float64Array }): ComplexArrays {
  const half = cos.length - 1
  const re = new Float64Array(half + 1)
  const im = new Float64Array(half + 1)
  re[0] = packed.re[0]! + packed.im[0]!
  re[half] = packed.re[0]! - packed.im[0]!
  for (let k = 1; 2 * k <= half; k++) {
    const mirrored = half - k
    const evenRe = (packed.re[k]! + packed.re[mirrored]!) / 2
    const evenIm = (packed.im[k]! - packed.im[mirrored]!) / 2
    const oddRe = (packed.im[k]! + packed.im[mirrored]!) / 2
    const oddIm = (packed.re[mirrored]! - packed.re[k]!) / 2
    const turnedRe = cos[k]! * oddRe - sin[k]! * oddIm
    const turnedIm = cos[k]! * oddIm + sin[k]! * oddRe
    re[mirrored] = evenRe - turnedRe
    im[mirrored] = turnedIm - evenIm
    re[k] = evenRe + turnedRe
    im[k] = evenIm + turnedIm
  }
  return { re, im }
}

/** The real signal of a half spectrum, shape (n,): the inverse of `realSpectrum`. */
export function signalOf(spectrum: HalfSpectrum): Float64Array {
  const { size } = spectrum
  const re = new Float64Array(size)
  const im = new Float64Array(size)
  re.set(spectrum.re)
  im.set(spectrum.im)
  for (let k = 1; k < size - k; k++) {
    re[size - k] = spectrum.re[k]!
    im[size - k] = -spectrum.im[k]!
  }
  inverse(planTransform(size), re, im)
  return re
}
