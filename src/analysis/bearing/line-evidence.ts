/** The most that one line may say, −ln p: beyond it noise is out of the question and more strength must not outvote missing lines. */
export const LINE_CAP = 12

/**
 * How surprising the strongest line near each bin would be in noise alone: −ln p, capped. Exponentially distributed with mean 1 in noise.
 *
 * p = 1 − (1 − e^(−r))^m for the strongest ratio r of m bins; lines of a slipping bearing smear, so m grows with frequency (0.1 %, 1 to 4 bins each side).
 *
 * @param ratios shape (m,), lines over noise floor (over-noise-floor.ts).
 * @param isMasked shape (≥ m,), 1 for bins that must not speak, e.g. harmonics of the shaft.
 * @returns shape (m,), dimensionless.
 */
export function lineEvidence(ratios: Float64Array, isMasked?: Uint8Array): Float64Array {
  const heard = ratios.slice()
  for (let bin = 0; bin < heard.length; bin++) if (bin < 2 || isMasked?.[bin] === 1) heard[bin] = 0
  const evidence = new Float64Array(heard.length)
  let lastStrongest = -1
  let lastReach = 0
  let lastSurprise = 0
  for (let bin = 0; bin < heard.length; bin++) {
    const reach = lineReach(bin)
    const end = Math.min(heard.length - 1, bin + reach)
    let strongest = 0
    for (let k = Math.max(0, bin - reach); k <= end; k++) if (heard[k]! > strongest) strongest = heard[k]!
    // A line is the strongest of all bins that it reaches.
    if (strongest !== lastStrongest || reach !== lastReach) {
      lastSurprise = Math.min(LINE_CAP, Math.max(0, surpriseOf(strongest, 2 * reach + 1)))
      lastStrongest = strongest
      lastReach = reach
    }
    evidence[bin] = lastSurprise
  }
  return evidence
}

function surpriseOf(strongest: number, trials: number): number {
  // For strong lines p ≈ m·e^(−r), where the exact form has lost its digits.
  return strongest > 20 ? strongest - Math.log(trials) : -Math.log(-Math.expm1(trials * Math.log1p(-Math.exp(-strongest))))
}

/** Bins each side in which a line of nominal position `bin` is looked for. */
export function lineReach(bin: number): number {
  return Math.max(1, Math.min(4, Math.round(0.001 * bin)))
}
