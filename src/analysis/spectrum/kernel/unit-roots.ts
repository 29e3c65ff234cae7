/** Where a run of roots goes: number 0, step, 2·step …, to target[at], target[at + hop] …, the imaginary part `imaginary` elements further on. */
export interface RootRun {
  readonly step: number
  readonly count: number
  readonly target: Float64Array
  readonly at: number
  readonly hop: number
  readonly imaginary: number
}

/** Roots of unity by their number: e^(−2πik/n), 0 ≤ k < n. */
export interface UnitRoots {
  write(k: number, re: Float64Array, im: Float64Array, at: number): void
  fill(run: RootRun): void
}

/**
 * All n-th roots of unity from two tables of about √n: root k is the product of a coarse and a fine one, off by at most two units in the last
 * place. Calling the cosine for every one would cost more than the transform that uses them.
 *
 * @param size 1 ≤ n ≤ 2^30.
 */
export function unitRoots(size: number): UnitRoots {
  const bits = Math.ceil(Math.log2(size + 1) / 2)
  const mask = (1 << bits) - 1
  const [fineRe, fineIm] = roots(mask + 1, (2 * Math.PI) / size)
  const [coarseRe, coarseIm] = roots((size >> bits) + 1, (2 * Math.PI * (mask + 1)) / size)
  return {
    write(k, re, im, at) {
      const [high, low] = [k >> bits, k & mask]
      re[at] = coarseRe[high]! * fineRe[low]! - coarseIm[high]! * fineIm[low]!
      im[at] = coarseRe[high]! * fineIm[low]! + coarseIm[high]! * fineRe[low]!
    },
    fill({ step, count, target, at, hop, imaginary }) {
      for (let k = 0, place = at; k < count; k++, place += hop) {
        const high = (k * step) >> bits
        const low = (k * step) & mask
        target[place] = coarseRe[high]! * fineRe[low]! - coarseIm[high]! * fineIm[low]!
        target[place + imaginary] = coarseRe[high]! * fineIm[low]! + coarseIm[high]! * fineRe[low]!
      }
    },
  }
}

function roots(count: number, angle: number): readonly [re: Float64Array, im: Float64Array] {
  const re = new Float64Array(count)
  const im = new Float64Array(count)
  for (let k = 0; k < count; k++) {
    re[k] = Math.cos(angle * k)
    im[k] = -Math.sin(angle * k)
  }
  return [re, im]
}
