import { COSINE_SUMS, type WindowName } from './window.js'

/**
 * How a long window answers a sine that lies some bins away, 1 at its middle.
 *
 * W(x) = Σ a_i/2·(sinc(x − i) + sinc(x + i)) / a_0;  of Hann: sinc(x)/(1 − x²)
 *
 * @param offset bins of one over the window's length.
 * @returns share of the amplitude; its sign changes from side lobe to side lobe.
 * @see [Harris1978]
 */
export function windowResponse(window: WindowName, offset: number): number {
  const terms = COSINE_SUMS[window]
  let sum = 0
  for (const [order, a] of terms.entries()) sum += (a / 2) * (sinc(offset - order) + sinc(offset + order))
  return sum / terms[0]!
}

/** Half the width of the main lobe, bins: a sum of m cosines, the constant among them, has its first zero at m. */
export function lobeReach(window: WindowName): number {
  return COSINE_SUMS[window].length
}

function sinc(x: number): number {
  const angle = Math.PI * x
  return Math.abs(angle) < 1e-9 ? 1 : Math.sin(angle) / angle
}
