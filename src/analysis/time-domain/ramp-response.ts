/** One step of an oscillator's state (y, y′): what stays of it, and what the acceleration before and now adds. */
export interface RampResponse {
  readonly p11: number
  readonly p12: number
  readonly p21: number
  readonly p22: number
  readonly before1: number
  readonly before2: number
  readonly now1: number
  readonly now2: number
}

const TERMS = 20

/**
 * The exact step of y″ + 2ζ·y′ + y = −a over a phase h = ω/fs, a running in a straight line from its value before to its value now
 * (y = ω²·z, primes by ω·t). As a matrix exponential, which loses nothing for small h, where Smallwood's coefficients cancel.
 *
 * exp [[0, h, 0, 0], [−h, −2ζh, −h, 0], [0, 0, 0, 1], [0, 0, 0, 0]] on (y, y′, a, Δa)
 *
 * @see [Smallwood1981], [VanLoan1978]
 */
export function rampResponse(phase: number, damping: number): RampResponse {
  const halvings = Math.max(0, Math.ceil(Math.log2(phase)) + 2)
  const h = phase / 2 ** halvings
  const step = 1 / 2 ** halvings
  const rate = [
    [0, h, 0, 0],
    [-h, -2 * damping * h, -h, 0],
    [0, 0, 0, step],
    [0, 0, 0, 0],
  ]
  let term = identity()
  let sum = identity()
  for (let k = 1; k <= TERMS; k++) {
    term = product(term, rate).map((row) => row.map((x) => x / k))
    sum = sum.map((row, i) => row.map((x, j) => x + term[i]![j]!))
  }
  for (let k = 0; k < halvings; k++) sum = product(sum, sum)
  const [first, second] = sum as [number[], number[]]
  const [p11, p12, a1, ramp1] = first as [number, number, number, number]
  const [p21, p22, a2, ramp2] = second as [number, number, number, number]
  return { p11, p12, p21, p22, before1: a1 - ramp1, before2: a2 - ramp2, now1: ramp1, now2: ramp2 }
}

function identity(): number[][] {
  return [0, 1, 2, 3].map((i) => [0, 1, 2, 3].map((j) => (i === j ? 1 : 0)))
}

function product(a: readonly (readonly number[])[], b: readonly (readonly number[])[]): number[][] {
  return a.map((row) => [0, 1, 2, 3].map((j) => row.reduce((sum, x, k) => sum + x * b[k]![j]!, 0)))
}
