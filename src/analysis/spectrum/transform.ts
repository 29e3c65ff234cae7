import { AnalysisFault } from '../analysis-fault.js'
import type { FourierPlan } from './fourier-plan.js'
import { RecentPlans } from './kernel/recent-plans.js'
import { isSmooth, LEAST_SMOOTH_SIZE, MOST_SMOOTH_SIZE, smoothTransform } from './kernel/smooth-transform.js'
import { unitRoots } from './kernel/unit-roots.js'

/** Where the chirp convolution of an awkward size still fits. */
export const MOST_SIZE = MOST_SMOOTH_SIZE / 2

const recent = new RecentPlans<FourierPlan>()

/**
 * A forward Fourier transform of any size, exactly that size: nothing is padded, so frequencies stay at k·fs/n.
 * Sizes 2^a·3^b·5^c run directly, others as a chirp convolution of the next such size ≥ 2n − 1. A plan owns its tables and
 * work space and is kept for the next who asks for its size.
 *
 * @param size 1 ≤ n ≤ 2^25.
 * @throws AnalysisFault `out-of-range`.
 * @see [Bluestein1970], [Stockham1966]
 */
export function planTransform(size: number): FourierPlan {
  if (!Number.isInteger(size) || size < 1 || size > MOST_SIZE) {
    throw new AnalysisFault('out-of-range', `a transform of ${size} points is not between 1 and ${MOST_SIZE}`)
  }
  return recent.get(size, () => (size >= LEAST_SMOOTH_SIZE && isSmooth(size) ? smoothTransform(size) : chirpTransform(size)))
}

/** The smallest 2^a·3^b·5^c that is at least so long, and long enough to run directly. */
export function nextSmoothSize(least: number): number {
  const wanted = Math.max(least, LEAST_SMOOTH_SIZE)
  let best = Number.POSITIVE_INFINITY
  for (let fives = 1; fives < best; fives *= 5) {
    for (let odd = fives; odd < best; odd *= 3) {
      const size = odd * 2 ** Math.max(0, Math.ceil(Math.log2(wanted / odd)))
      if (size >= wanted && size < best) best = size
    }
  }
  return best
}

function chirpTransform(size: number): FourierPlan {
  const inner = smoothTransform(nextSmoothSize(2 * size - 1))
  const chirpRe = new Float64Array(size)
  const chirpIm = new Float64Array(size)
  const kernelRe = new Float64Array(inner.size)
  const kernelIm = new Float64Array(inner.size)
  const roots = unitRoots(2 * size)
  for (let k = 0, square = 0; k < size; k++) {
    roots.write(square, chirpRe, chirpIm, k)
    const mirrored = (inner.size - k) % inner.size
    kernelRe[k] = kernelRe[mirrored] = chirpRe[k]!
    kernelIm[k] = kernelIm[mirrored] = -chirpIm[k]!
    // (k + 1)² mod 2n.
    square += 2 * k + 1
    if (square >= 2 * size) square -= 2 * size
  }
  inner.forward(kernelRe, kernelIm)
  const own = { re: new Float64Array(size), im: new Float64Array(size) }
  const forward = (re: Float64Array, im: Float64Array) => {
    const { input, output } = inner
    input.re.fill(0)
    input.im.fill(0)
    for (let k = 0; k < size; k++) {
      input.re[k] = re[k]! * chirpRe[k]! - im[k]! * chirpIm[k]!
      input.im[k] = re[k]! * chirpIm[k]! + im[k]! * chirpRe[k]!
    }
    inner.run()
    for (let k = 0; k < inner.size; k++) {
      const productRe = output.re[k]! * kernelRe[k]! - output.im[k]! * kernelIm[k]!
      // Real and imaginary parts exchanged: the forward transform then runs backwards.
      input.re[k] = output.re[k]! * kernelIm[k]! + output.im[k]! * kernelRe[k]!
      input.im[k] = productRe
    }
    inner.run()
    for (let k = 0; k < size; k++) {
      const resultRe = output.im[k]! / inner.size
      const resultIm = output.re[k]! / inner.size
      re[k] = resultRe * chirpRe[k]! - resultIm * chirpIm[k]!
      im[k] = resultRe * chirpIm[k]! + resultIm * chirpRe[k]!
    }
  }
  return { size, forward, input: own, output: own, run: () => forward(own.re, own.im) }
}

/** x[n] = 1/N · Σ X[k]·e^(+2πikn/N), in place: the forward transform with real and imaginary parts exchanged. */
export function inverse(plan: FourierPlan, re: Float64Array, im: Float64Array): void {
  plan.forward(im, re)
  const scale = 1 / plan.size
  for (let k = 0; k < plan.size; k++) {
    re[k] = re[k]! * scale
    im[k] = im[k]! * scale
  }
}
