export type WindowName = 'boxcar' | 'hann' | 'hamming' | 'blackman' | 'flattop'

/** Coefficients of Σ (−1)^i·a_i·cos(2πik/m); flattop as in scipy.signal.windows.flattop [DAntona2006]. */
const COSINE_SUMS: Readonly<Record<WindowName, readonly number[]>> = {
  boxcar: [1],
  hann: [0.5, 0.5],
  hamming: [0.54, 0.46],
  blackman: [0.42, 0.5, 0.08],
  flattop: [0.21557895, 0.41663158, 0.277263158, 0.083578947, 0.006947368],
}

/**
 * A periodic (DFT-even) window. Hann for broadband work, flattop to read a line's amplitude, boxcar where the record holds whole periods.
 *
 * @param length m ≥ 1.
 * @returns shape (m,), dimensionless.
 * @see [Harris1978]; numbers checked against scipy.signal.get_window.
 */
export function windowOf(name: WindowName, length: number): Float64Array {
  const terms = COSINE_SUMS[name]
  if (length === 1) return Float64Array.of(1)
  return Float64Array.from({ length }, (_, k) => {
    let value = 0
    for (const [order, a] of terms.entries()) value += (order % 2 === 0 ? a : -a) * Math.cos((2 * Math.PI * order * k) / length)
    return value
  })
}
