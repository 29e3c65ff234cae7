/** Real and imaginary parts, `size` elements each. */
export interface ComplexArrays {
  readonly re: Float64Array
  readonly im: Float64Array
}

/** A forward discrete Fourier transform of fixed size on split real and imaginary parts: X[k] = Σ x[n]·e^(−2πikn/N), not normalised. */
export interface FourierPlan {
  readonly size: number
  /** In place. Both arrays have `size` elements. */
  forward(re: Float64Array, im: Float64Array): void
  /** Without copying: fill `input`, `run`, read `output`; all at once, since a plan is shared and the next user overwrites both. */
  readonly input: ComplexArrays
  readonly output: ComplexArrays
  run(): void
}
