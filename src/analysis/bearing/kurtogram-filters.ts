/** A complex FIR filter. */
export interface Fir {
  readonly re: Float64Array
  readonly im: Float64Array
}

/**
 * Linear-phase low-pass by a Hamming window on the ideal response, unit gain at 0.
 * @param order number of taps minus one.
 * @param cutoff as a fraction of the Nyquist frequency, −6 dB there.
 */
function lowPassTaps(order: number, cutoff: number): Float64Array {
  const taps = Float64Array.from({ length: order + 1 }, (_, n) => {
    const t = n - order / 2
    const ideal = t === 0 ? cutoff : Math.sin(Math.PI * cutoff * t) / (Math.PI * t)
    return ideal * (0.54 - 0.46 * Math.cos((2 * Math.PI * n) / order))
  })
  const gain = taps.reduce((sum, tap) => sum + tap, 0)
  return taps.map((tap) => tap / gain)
}

function shiftTo(taps: Float64Array, cyclesPerSample: number): Fir {
  return {
    re: taps.map((tap, n) => tap * Math.cos(2 * Math.PI * cyclesPerSample * n)),
    im: taps.map((tap, n) => tap * Math.sin(2 * Math.PI * cyclesPerSample * n)),
  }
}

/** Two quasi-analytic filters: low passes 0 … fs/4, high fs/4 … fs/2. Orders and cutoffs as in the reference program [Antoni2007]. */
export function octaveBank(): { readonly low: Fir; readonly high: Fir } {
  const low = shiftTo(lowPassTaps(16, 0.4), 0.125)
  // g[n] = (−1)^n·conj-mirror of the low band's taps, sixteen of them.
  const high = { re: new Float64Array(16), im: new Float64Array(16) }
  for (let k = 0; k < 16; k++) {
    const sign = k % 2 === 0 ? -1 : 1
    high.re[k] = sign * low.re[15 - k]!
    high.im[k] = sign * low.im[15 - k]!
  }
  return { low, high }
}

/** Three quasi-analytic filters, each a third of 0 … fs/2. */
export function thirdsBank(): readonly Fir[] {
  const taps = lowPassTaps(24, (2 / 3) * 0.4)
  return [1 / 12, 3 / 12, 5 / 12].map((shift) => shiftTo(taps, shift))
}

/** Filters causally and keeps every `factor`-th output sample, the last of each group. */
export function decimate(input: Fir, filter: Fir, factor: number): Fir {
  const length = Math.floor(input.re.length / factor)
  const re = new Float64Array(length)
  const im = new Float64Array(length)
  const taps = filter.re.length
  const { re: tapRe, im: tapIm } = filter
  const { re: inRe, im: inIm } = input
  for (let out = 0; out < length; out++) {
    const newest = out * factor + factor - 1
    const last = Math.min(taps - 1, newest)
    let sumRe = 0
    let sumIm = 0
    for (let tap = 0; tap <= last; tap++) {
      const xRe = inRe[newest - tap]!
      const xIm = inIm[newest - tap]!
      sumRe += tapRe[tap]! * xRe - tapIm[tap]! * xIm
      sumIm += tapRe[tap]! * xIm + tapIm[tap]! * xRe
    }
    re[out] = sumRe
    im[out] = sumIm
  }
  return { re, im }
}
