/** A forward discrete Fourier transform of fixed size that works in place on split real and imaginary parts. */
export interface Transform {
  readonly size: number
  /** X[k] = Σ x[n]·e^(−2πikn/N), not normalised. Both arrays have `size` elements. */
  forward(re: Float64Array, im: Float64Array): void
}

interface Pass {
  readonly from: readonly [Float64Array, Float64Array]
  readonly to: readonly [Float64Array, Float64Array]
  readonly cos: Float64Array
  readonly sin: Float64Array
  /** Length of the transforms still to be done. */
  readonly length: number
  readonly stride: number
}

/**
 * Stockham's self-sorting FFT in radix 4, with one radix-2 pass where log2(size) is odd. Error about 1e-15·log2(size).
 *
 * @param size a power of two.
 * @see [Stockham1966]
 */
export function powerOfTwoTransform(size: number): Transform {
  const { cos, sin } = twiddles(size)
  const spare = [new Float64Array(size), new Float64Array(size)] as const
  return {
    size,
    forward(re, im) {
      let from: Pass['from'] = [re, im]
      let to: Pass['to'] = spare
      for (let length = size, stride = 1; length > 1; ) {
        const radix = length % 4 === 0 ? 4 : 2
        if (radix === 4) passRadix4({ from, to, cos, sin, length, stride })
        else passRadix2(from, to, stride)
        const swap = from
        from = to
        to = swap
        length /= radix
        stride *= radix
      }
      if (from[0] !== re) {
        re.set(from[0])
        im.set(from[1])
      }
    },
  }
}

/** e^(−2πik/n), k = 0 … n − 1; one quarter computed, the rest by symmetry. */
function twiddles(size: number): { readonly cos: Float64Array; readonly sin: Float64Array } {
  const cos = new Float64Array(size)
  const sin = new Float64Array(size)
  for (let k = 0; k <= size / 4; k++) {
    const value = Math.cos((2 * Math.PI * k) / size)
    cos[k] = value
    cos[(size - k) % size] = value
    if (size > 1) cos[size / 2 - k] = cos[(size / 2 + k) % size] = -value
  }
  cos[0] = 1
  for (let k = 0; k < size; k++) sin[k] = size < 4 ? 0 : -cos[(k + (3 * size) / 4) % size]!
  return { cos, sin }
}

function passRadix2(from: Pass['from'], to: Pass['to'], stride: number): void {
  const [fromRe, fromIm] = from
  const [toRe, toIm] = to
  for (let q = 0; q < stride; q++) {
    const aRe = fromRe[q]!
    const aIm = fromIm[q]!
    const bRe = fromRe[q + stride]!
    const bIm = fromIm[q + stride]!
    toRe[q] = aRe + bRe
    toIm[q] = aIm + bIm
    toRe[q + stride] = aRe - bRe
    toIm[q + stride] = aIm - bIm
  }
}

function passRadix4({ from, to, cos, sin, length, stride }: Pass): void {
  const [fromRe, fromIm] = from
  const [toRe, toIm] = to
  const quarter = length / 4
  const step = quarter * stride
  for (let p = 0; p < quarter; p++) {
    const w = p * stride
    const c1 = cos[w]!
    const s1 = sin[w]!
    const c2 = cos[2 * w]!
    const s2 = sin[2 * w]!
    const c3 = cos[3 * w]!
    const s3 = sin[3 * w]!
    const source = stride * p
    const target = 4 * source
    for (let q = 0; q < stride; q++) {
      const i = source + q
      const o = target + q
      const sumAcRe = fromRe[i]! + fromRe[i + 2 * step]!
      const sumAcIm = fromIm[i]! + fromIm[i + 2 * step]!
      const difAcRe = fromRe[i]! - fromRe[i + 2 * step]!
      const difAcIm = fromIm[i]! - fromIm[i + 2 * step]!
      const sumBdRe = fromRe[i + step]! + fromRe[i + 3 * step]!
      const sumBdIm = fromIm[i + step]! + fromIm[i + 3 * step]!
      const difBdRe = fromRe[i + step]! - fromRe[i + 3 * step]!
      const difBdIm = fromIm[i + step]! - fromIm[i + 3 * step]!
      toRe[o] = sumAcRe + sumBdRe
      toIm[o] = sumAcIm + sumBdIm
      const re1 = difAcRe + difBdIm
      const im1 = difAcIm - difBdRe
      toRe[o + stride] = c1 * re1 - s1 * im1
      toIm[o + stride] = c1 * im1 + s1 * re1
      const re2 = sumAcRe - sumBdRe
      const im2 = sumAcIm - sumBdIm
      toRe[o + 2 * stride] = c2 * re2 - s2 * im2
      toIm[o + 2 * stride] = c2 * im2 + s2 * re2
      const re3 = difAcRe - difBdIm
      const im3 = difAcIm + difBdRe
      toRe[o + 3 * stride] = c3 * re3 - s3 * im3
      toIm[o + 3 * stride] = c3 * im3 + s3 * re3
    }
  }
}
