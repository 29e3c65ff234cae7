export type WindowName = 'boxcar' | 'hann' | 'hamming' | 'blackman' | 'blackmanharris' | 'nuttall' | 'flattop'

/** A window by name, or Kaiser's with its β ≥ 0: larger lowers the side lobes and widens the main one. */
export type WindowChoice = WindowName | { readonly kaiserBeta: number }

/** `periodic` for transforms (DFT-even), `symmetric` for filter coefficients. */
export type WindowSymmetry = 'periodic' | 'symmetric'

/** Coefficients of Σ (−1)^i·a_i·cos(2πik/m); flattop as in scipy.signal.windows.flattop [DAntona2006]. */
export const COSINE_SUMS: Readonly<Record<WindowName, readonly number[]>> = {
  boxcar: [1],
  hann: [0.5, 0.5],
  hamming: [0.54, 0.46],
  blackman: [0.42, 0.5, 0.08],
  blackmanharris: [0.35875, 0.48829, 0.14128, 0.01168],
  nuttall: [0.3635819, 0.4891775, 0.1365995, 0.0106411],
  flattop: [0.21557895, 0.41663158, 0.277263158, 0.083578947, 0.006947368],
}

/**
 * A window. Hann for broadband work, flattop to read a line's amplitude, boxcar where the record holds whole periods, Kaiser for filters.
 *
 * @param length m ≥ 1.
 * @param symmetry `periodic` unless said.
 * @returns shape (m,), dimensionless.
 * @see [Harris1978]; numbers checked against scipy.signal.get_window.
 */
export function windowOf(choice: WindowChoice, length: number, symmetry: WindowSymmetry = 'periodic'): Float64Array {
  if (length === 1) return Float64Array.of(1)
  const period = symmetry === 'periodic' ? length : length - 1
  if (typeof choice !== 'string') return kaiser(choice.kaiserBeta, length, period)
  const terms = COSINE_SUMS[choice]
  return Float64Array.from({ length }, (_, k) => {
    let value = 0
    for (const [order, a] of terms.entries()) value += (order % 2 === 0 ? a : -a) * Math.cos((2 * Math.PI * order * k) / period)
    return value
  })
}

function kaiser(beta: number, length: number, period: number): Float64Array {
  const scale = besselI0(beta)
  return Float64Array.from({ length }, (_, k) => besselI0(beta * Math.sqrt(Math.max(0, 1 - ((2 * k) / period - 1) ** 2))) / scale)
}

/** I₀(x) = Σ ((x/2)^k / k!)². */
function besselI0(x: number): number {
  let term = 1
  let sum = 1
  for (let k = 1; term > sum * 1e-17; k++) {
    term *= (x / 2 / k) ** 2
    sum += term
  }
  return sum
}
