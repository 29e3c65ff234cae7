import { AnalysisFault } from '../analysis-fault.js'
import { powerOfTwoTransform, type Transform } from './power-of-two-transform.js'

export const MAX_TRANSFORM_SIZE = 2 ** 27

/**
 * A forward Fourier transform of any size, exactly that size: nothing is padded, so frequencies stay at k·fs/n.
 * Powers of two run directly, other sizes as a chirp convolution of the next power of two ≥ 2n − 1. A plan owns its tables and
 * work space: make it once, use it often, not from two places at the same time.
 *
 * @param size 1 ≤ n ≤ 2^27.
 * @throws AnalysisFault `out-of-range`.
 * @see [Bluestein1970]
 */
export function planTransform(size: number): Transform {
  if (!Number.isInteger(size) || size < 1 || size > MAX_TRANSFORM_SIZE) {
    throw new AnalysisFault('out-of-range', `a transform of ${size} points is not between 1 and ${MAX_TRANSFORM_SIZE}`)
  }
  return isPowerOfTwo(size) ? powerOfTwoTransform(size) : chirpTransform(size)
}

function isPowerOfTwo(n: number): boolean {
  return 2 ** Math.round(Math.log2(n)) === n
}

function chirpTransform(size: number): Transform {
  const inner = powerOfTwoTransform(2 ** Math.ceil(Math.log2(2 * size - 1)))
  const chirpRe = new Float64Array(size)
  const chirpIm = new Float64Array(size)
  const kernelRe = new Float64Array(inner.size)
  const kernelIm = new Float64Array(inner.size)
  for (let k = 0; k < size; k++) {
    // k² mod 2n in exact integers keeps the angle small; k² itself stays below 2^54 only up to 2^27 points.
    const angle = (Math.PI * ((k * k) % (2 * size))) / size
    chirpRe[k] = Math.cos(angle)
    chirpIm[k] = -Math.sin(angle)
    const mirrored = (inner.size - k) % inner.size
    kernelRe[k] = kernelRe[mirrored] = Math.cos(angle)
    kernelIm[k] = kernelIm[mirrored] = Math.sin(angle)
  }
  inner.forward(kernelRe, kernelIm)
  const workRe = new Float64Array(inner.size)
  const workIm = new Float64Array(inner.size)
  return {
    size,
    forward(re, im) {
      workRe.fill(0)
      workIm.fill(0)
      for (let k = 0; k < size; k++) {
        workRe[k] = re[k]! * chirpRe[k]! - im[k]! * chirpIm[k]!
        workIm[k] = re[k]! * chirpIm[k]! + im[k]! * chirpRe[k]!
      }
      inner.forward(workRe, workIm)
      for (let k = 0; k < inner.size; k++) {
        const productRe = workRe[k]! * kernelRe[k]! - workIm[k]! * kernelIm[k]!
        workIm[k] = workRe[k]! * kernelIm[k]! + workIm[k]! * kernelRe[k]!
        workRe[k] = productRe
      }
      inverse(inner, workRe, workIm)
      for (let k = 0; k < size; k++) {
        re[k] = workRe[k]! * chirpRe[k]! - workIm[k]! * chirpIm[k]!
        im[k] = workRe[k]! * chirpIm[k]! + workIm[k]! * chirpRe[k]!
      }
    },
  }
}

/** x[n] = 1/N · Σ X[k]·e^(+2πikn/N), in place: the forward transform with real and imaginary parts exchanged. */
export function inverse(plan: Transform, re: Float64Array, im: Float64Array): void {
  plan.forward(im, re)
  const scale = 1 / plan.size
  for (let k = 0; k < plan.size; k++) {
    re[k] = re[k]! * scale
    im[k] = im[k]! * scale
  }
}
