const LANCZOS = [
  0.99999999999980993, 676.5203681218851, -1259.1392167224028, 771.32342877765313, -176.61502916214059, 12.507343278686905,
  -0.13857109526572012, 9.9843695780195716e-6, 1.5056327351493116e-7,
]
const MAX_TERMS = 10_000

/** ln Γ(x) for x > 0, by Lanczos's approximation, 1e-14 relative. */
export function logGamma(x: number): number {
  if (x < 0.5) return Math.log(Math.PI / Math.sin(Math.PI * x)) - logGamma(1 - x)
  let sum = LANCZOS[0]!
  for (let k = 1; k < LANCZOS.length; k++) sum += LANCZOS[k]! / (x - 1 + k)
  const t = x - 1 + 7.5
  return 0.5 * Math.log(2 * Math.PI) + (x - 0.5) * Math.log(t) - t + Math.log(sum)
}

/**
 * ln Q(a, x): natural logarithm of the probability that a gamma variable of shape a and scale 1 exceeds x. The logarithm keeps
 * tails that are too small for a number.
 *
 * @param shape a > 0.
 * @param x ≥ 0.
 * @see [DLMF8]; numbers checked against scipy.special.gammaincc.
 */
export function logGammaTail(shape: number, x: number): number {
  if (x <= 0) return 0
  const prefactor = shape * Math.log(x) - x - logGamma(shape)
  if (x < shape + 1) {
    let term = 1 / shape
    let sum = term
    for (let k = 1; k < MAX_TERMS && term > sum * 1e-16; k++) {
      term *= x / (shape + k)
      sum += term
    }
    return Math.log1p(-Math.min(1 - 1e-16, Math.exp(prefactor) * sum))
  }
  // Lentz's continued fraction.
  let b = x + 1 - shape
  let c = 1e300
  let d = 1 / b
  let fraction = d
  for (let k = 1; k < MAX_TERMS; k++) {
    const a = -k * (k - shape)
    b += 2
    d = 1 / (a * d + b)
    c = b + a / c
    const step = c * d
    fraction *= step
    if (Math.abs(step - 1) < 1e-15) break
  }
  return prefactor + Math.log(fraction)
}
