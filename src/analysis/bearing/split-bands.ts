/** A complex signal, or one band of one at a reduced rate. */
export interface ComplexSignal {
  readonly re: Float64Array
  readonly im: Float64Array
}

/** Taps of the low-passes that the reference program moves up to each band [Antoni2007]. */
export interface BandTaps {
  /** 17, −6 dB at a fifth of the rate. */
  readonly half: Float64Array
  /** 25, −6 dB at 2/15 of the rate. */
  readonly third: Float64Array
}

export function bandTaps(): BandTaps {
  return { half: lowPassTaps(16, 0.4), third: lowPassTaps(24, (2 / 3) * 0.4) }
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

/**
 * The lower and the upper half of 0 … fs/2 as analytic signals at half the rate: h[n] = l[n]·e^(iπn/4), and the same mirrored without its first tap.
 *
 * Only samples that are kept are worked out, y[m] at s = 2m + 1. The signal is moved down instead of the taps up, w[k] = x[k]·e^(−iπk/4), so that
 * the taps stay real, and i^m moves y back up. For the upper half the taps are l[n+1]·i^n and (−i)^m moves back, its spectrum turned the right way round;
 * both read each sample once. A constant phase is left away: nothing downstream sees it.
 *
 * @param input shape (n,).
 * @returns each shape (⌊n/2⌋,).
 */
export function halvesOf(input: ComplexSignal, { half: taps }: BandTaps): { readonly low: ComplexSignal; readonly high: ComplexSignal } {
  const length = Math.floor(input.re.length / 2)
  const lead = taps.length - 1
  const w = movedDown(input, { twentyFourths: 3, lead })
  // Signs of i^n: +1, +i, −1, −i.
  const highTaps = taps.subarray(1).map((tap, n) => ((n & 2) === 0 ? tap : -tap))
  const low: ComplexSignal = { re: new Float64Array(length), im: new Float64Array(length) }
  const high: ComplexSignal = { re: new Float64Array(length), im: new Float64Array(length) }
  for (let m = 0; m < length; m++) {
    const oldest = 2 * m + 1
    let lowRe = taps[lead]! * w.re[oldest]!
    let lowIm = taps[lead]! * w.im[oldest]!
    let highRe = 0
    let highIm = 0
    for (let n = 0, at = oldest + lead; n < lead; n += 2, at -= 2) {
      const re = w.re[at]!
      const im = w.im[at]!
      const nextRe = w.re[at - 1]!
      const nextIm = w.im[at - 1]!
      lowRe += taps[n]! * re + taps[n + 1]! * nextRe
      lowIm += taps[n]! * im + taps[n + 1]! * nextIm
      highRe += highTaps[n]! * re - highTaps[n + 1]! * nextIm
      highIm += highTaps[n]! * im + highTaps[n + 1]! * nextRe
    }
    rotate(low, m, m, lowRe, lowIm)
    rotate(high, m, -m, highRe, highIm)
  }
  return { low, high }
}

/**
 * The three thirds of 0 … fs/2 as analytic signals at a third of the rate: h_j[n] = l[n]·e^(iπn/6)·e^(2πijn/6), j = 0, 1, 2.
 *
 * The second factor repeats every six taps, so six partial sums P_r over every sixth tap serve all three bands: y_j = Σ_r P_r·e^(2πijr/6).
 *
 * @param input shape (n,).
 * @returns each shape (⌊n/3⌋,).
 */
export function thirdsOf(input: ComplexSignal, { third: taps }: BandTaps): readonly ComplexSignal[] {
  const length = Math.floor(input.re.length / 3)
  const lead = taps.length - 1
  const w = movedDown(input, { twentyFourths: 2, lead })
  const bands = [0, 1, 2].map((): ComplexSignal => ({ re: new Float64Array(length), im: new Float64Array(length) }))
  const [first, second, third] = bands as [ComplexSignal, ComplexSignal, ComplexSignal]
  const p = new Float64Array(12)
  const root = Math.sqrt(3) / 2
  for (let m = 0; m < length; m++) {
    const newest = 3 * m + 2 + lead
    for (let r = 0; r < 6; r++) {
      let sumRe = 0
      let sumIm = 0
      for (let n = r; n <= lead; n += 6) {
        sumRe += taps[n]! * w.re[newest - n]!
        sumIm += taps[n]! * w.im[newest - n]!
      }
      p[r] = sumRe
      p[r + 6] = sumIm
    }
    // Sums of opposite phases: e^(2πij(r+3)/6) = (−1)^j·e^(2πijr/6).
    const even0 = p[0]! + p[3]!
    const even1 = p[1]! + p[4]!
    const even2 = p[2]! + p[5]!
    const even0i = p[6]! + p[9]!
    const even1i = p[7]! + p[10]!
    const even2i = p[8]! + p[11]!
    const odd0 = p[0]! - p[3]!
    const odd1 = p[1]! - p[4]!
    const odd2 = p[2]! - p[5]!
    const odd0i = p[6]! - p[9]!
    const odd1i = p[7]! - p[10]!
    const odd2i = p[8]! - p[11]!
    rotate(first, m, m, even0 + even1 + even2, even0i + even1i + even2i)
    rotate(second, m, m, odd0 + (odd1 - odd2) / 2 - root * (odd1i + odd2i), odd0i + (odd1i - odd2i) / 2 + root * (odd1 + odd2))
    rotate(third, m, m, even0 - (even1 + even2) / 2 - root * (even1i - even2i), even0i - (even1i + even2i) / 2 + root * (even1 - even2))
  }
  return bands
}

/** x[k]·e^(−2πik·shift), behind `lead` zeros. All shifts are multiples of 1/24 cycles per sample, so the phases repeat. */
function movedDown(
  input: ComplexSignal,
  { twentyFourths, lead }: { readonly twentyFourths: number; readonly lead: number },
): ComplexSignal {
  const cos = Float64Array.from({ length: 24 }, (_, k) => Math.cos((Math.PI * k) / 12))
  const size = input.re.length
  const re = new Float64Array(size + lead)
  const im = new Float64Array(size + lead)
  for (let k = 0, phase = 0; k < size; k++, phase = (phase + twentyFourths) % 24) {
    const c = cos[phase]!
    const s = cos[(phase + 18) % 24]!
    re[k + lead] = c * input.re[k]! + s * input.im[k]!
    im[k + lead] = c * input.im[k]! - s * input.re[k]!
  }
  return { re, im }
}

/** Writes (partRe + i·partIm)·i^turns at `at`. */
function rotate(into: ComplexSignal, at: number, turns: number, partRe: number, partIm: number): void {
  const sign = (turns & 2) === 0 ? 1 : -1
  into.re[at] = (turns & 1) === 0 ? sign * partRe : -sign * partIm
  into.im[at] = (turns & 1) === 0 ? sign * partIm : sign * partRe
}
