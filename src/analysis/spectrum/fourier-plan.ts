/** A forward discrete Fourier transform of fixed size that works in place on split real and imaginary parts. */
export interface FourierPlan {
  readonly size: number
  /** X[k] = Σ x[n]·e^(−2πikn/N), not normalised. Both arrays have `size` elements. */
  forward(re: Float64Array, im: Float64Array): void
}
