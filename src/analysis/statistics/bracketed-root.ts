const MOST_STEPS = 100

/**
 * Where a continuous function that changes its sign between `low` and `high` is 0, to the last digits; the nearer end where it does not change it.
 * Inverse quadratic interpolation where it is safe, halving where it is not.
 *
 * @see [Chandrupatla1997]
 */
export function bracketedRoot(f: (x: number) => number, low: number, high: number): number {
  let [a, b] = [high, low]
  let [fa, fb] = [f(a), f(b)]
  if (fa * fb >= 0) return Math.abs(fa) < Math.abs(fb) ? a : b
  let share = 0.5
  for (let step = 0; step < MOST_STEPS; step++) {
    const x = a + share * (b - a)
    const fx = f(x)
    let [c, fc] = [a, fa]
    if (fx > 0 !== fa > 0) {
      ;[c, fc] = [b, fb]
      ;[b, fb] = [a, fa]
    }
    ;[a, fa] = [x, fx]
    const best = Math.abs(fa) < Math.abs(fb) ? a : b
    const least = (2 * Number.EPSILON * Math.abs(best) + Number.MIN_VALUE) / Math.abs(b - a)
    if (fx === 0 || least > 0.5) return best
    const xi = (a - b) / (c - b)
    const phi = (fa - fb) / (fc - fb)
    const isSafe = phi ** 2 < xi && (1 - phi) ** 2 < 1 - xi
    const interpolated = (fa / (fb - fa)) * (fc / (fb - fc)) + ((c - a) / (b - a)) * (fa / (fc - fa)) * (fb / (fc - fb))
    share = Math.min(1 - least, Math.max(least, isSafe ? interpolated : 0.5))
  }
  return a
}
